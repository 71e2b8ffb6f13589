"""The table of all routes, and which one a request is for."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from tests.fakes import discord_answers, discord_application, discord_messages, discord_places
from tests.fakes.discord_interaction import FILE_SIZE
from tests.fakes.discord_refusal import Unplaced, too_large, unauthorized
from tests.fakes.discord_world import Asked, Request, World

Handler = Callable[[World, Asked], Any]
TABLES: tuple[Mapping[str, Handler], ...] = (
    discord_application.ROUTES,
    discord_messages.ROUTES,
    discord_places.ROUTES,
    discord_answers.ROUTES,
)
PLAYED: dict[str, Handler] = {route: handler for table in TABLES for route, handler in table.items()}
BASE = "/api/v10"
BY_TOKEN = ("POST /interactions", "/webhooks/")  # what needs no Authorization
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def _compiled(route: str) -> tuple[str, str, re.Pattern[str]]:
    method, path = route.split()
    return route, method, re.compile(PLACEHOLDER.sub(r"(?P<\1>[^/]+)", path))


COMPILED = sorted((_compiled(route) for route in PLAYED), key=lambda entry: entry[0].count("{"))


def route_of(http: web.Request) -> tuple[str, dict[str, str]]:
    """The route as Discord writes it (`GET /users/{user_id}`) and what it names; else method and path as they are."""
    path = http.path.removeprefix(BASE)
    for route, method, pattern in COMPILED:
        if http.method == method and http.path.startswith(BASE) and (match := pattern.fullmatch(path)):
            return route, match.groupdict()
    return f"{http.method} {http.path}", {}


def admit(world: World, http: web.Request, request: Request) -> None:
    """Refuse what has no place here, is not the bot's, or is too large."""
    if request.route not in PLAYED:
        raise Unplaced("", "cannot place this request", code=0, message="404: Not Found", status=404)
    by_token = any(part in request.route for part in BY_TOKEN)
    if not by_token and http.headers.get("Authorization") != f"Bot {world.token}":
        raise unauthorized()
    if any(len(file.content) > FILE_SIZE for file in request.files.values()):
        raise too_large()
