"""A strict local Bot API server: real clients talk to it, a test plays the people on the other side.

    async with TelegramServer() as tg:
        ann = tg.private(tg.user("Ann"))
        ...  # start the bot with base_url=tg.base_url, base_file_url=tg.file_url
        await ann.says("/start")
        message = await ann.next()
        await ann.press("Next")
    assert tg.violations == []

It refuses what Telegram refuses, in its words. What it cannot place, and what Telegram would silently drop or cut,
is a violation. Bots' own texts are not searched for addresses and commands, as Telegram does.
"""

import asyncio
import re
import time
from collections.abc import Callable
from inspect import isawaitable
from typing import Any, Self

from aiohttp import web

from tests.fakes import (
    telegram_answers,
    telegram_editing,
    telegram_places,
    telegram_polls,
    telegram_profile,
    telegram_sending,
)
from tests.fakes.telegram_facts import facts
from tests.fakes.telegram_faults import Cut, FloodLimits, Garbage, Refuse, Stall
from tests.fakes.telegram_group import Group
from tests.fakes.telegram_http import cut, read_request
from tests.fakes.telegram_model import User
from tests.fakes.telegram_private import Private
from tests.fakes.telegram_refusal import Refusal, Unplaced
from tests.fakes.telegram_trials import Trials
from tests.fakes.telegram_world import Asked, Request, World

PLAYED: dict[str, Callable[[World, Asked], Any]] = (
    telegram_sending.METHODS
    | telegram_polls.METHODS
    | telegram_editing.METHODS
    | telegram_answers.METHODS
    | telegram_profile.METHODS
    | telegram_places.METHODS
)
TOKEN = re.compile(r"\d+:[\w-]+")
LARGEST_REQUEST = 60 * 2**20  # bytes


class TelegramServer(Trials):
    """A server on 127.0.0.1, for as long as the `async with` lasts. `flood`: limits to hold the bot to."""

    def __init__(
        self,
        token: str = "1234:made",
        *,
        username: str = "made_bot",
        privacy: bool = True,
        flood: FloodLimits | None = None,
    ) -> None:
        super().__init__(username, privacy=privacy, flood=flood)
        self.token = token
        self._port = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The server's address, as `CAIRN_TELEGRAM_API_URL` takes it."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls base_url."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        """What python-telegram-bot calls base_file_url."""
        return f"{self.url}/file/bot"

    async def __aenter__(self) -> Self:
        await self.online()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.updates.close()
        await self.offline()

    async def online(self) -> None:
        """Listen; after `offline` on the same port again."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def offline(self) -> None:
        """Refuse all connections, as when there is no network; nothing is forgotten."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def private(self, user: User, *, started: bool = False) -> Private:
        """Somebody's private chat with the bot; `started`: long ago, the bot is not told."""
        chat = self.chats[user.id]
        assert isinstance(chat, Private)
        chat.started |= started
        user.met |= started
        return chat

    def group(self, title: str, *, owner: User | None = None, supergroup: bool = False, forum: bool = False) -> Group:
        """A group without the bot (`add_bot` puts it there); `forum`: a supergroup with topics."""
        group = Group(self, title, supergroup=supergroup, forum=forum)
        if owner is not None:
            group.members[owner.id] = "creator"
        return group

    async def _file(self, request: web.Request) -> web.Response:
        found = next((file for file in self.files.values() if file.path == request.match_info["path"]), None)
        if request.match_info["token"] != self.token or found is None:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        return web.Response(body=found.content, content_type=found.upload.mime)

    async def _handle(self, http: web.Request) -> web.StreamResponse:
        method = http.match_info["method"]
        try:
            sent, files, broken = *(await read_request(http)), None
        except Refusal as refusal:
            sent, files, broken = {}, {}, refusal
        request = Request(method, sent, files, time.monotonic())
        self.requests.append(request)
        self.beat()
        fault = self.struck(method)
        if isinstance(fault, Stall):
            await asyncio.sleep(fault.seconds)
        if isinstance(fault, Cut) and not fault.after:
            return cut(http)
        try:
            if isinstance(fault, Refuse):
                raise self.demanded(fault, sent)
            if broken is not None:
                raise broken
            answer = await self._play(http.match_info["token"], request)
        except Refusal as refusal:
            return self._refuse(request, refusal, demanded=isinstance(fault, Refuse))
        finally:
            self.beat()
        if isinstance(fault, Cut):
            return cut(http)
        if isinstance(fault, Garbage):
            return web.Response(body=fault.body, status=fault.status, content_type="text/html")
        return web.json_response({"ok": True, "result": answer})

    async def _play(self, token: str, request: Request) -> Any:
        if token != self.token:
            raise Refusal(401, "Unauthorized") if TOKEN.fullmatch(token) else Refusal(404, "Not Found")
        if self.logged_out:
            raise Refusal(400, "Logged out")
        asked = Asked(facts().read(request.method, request.fields, request.files), request.files)
        self.hold_back(request, asked.get("chat_id"))
        answer = PLAYED[request.method](self, asked)
        return await answer if isawaitable(answer) else answer

    def _refuse(self, request: Request, refusal: Refusal, *, demanded: bool) -> web.Response:
        if not demanded:
            request.answer.append(refusal)
        if isinstance(refusal, Unplaced):
            self.violations.append(f"{request.method}: {refusal.description}")
        headers = {"Retry-After": str(refusal.parameters["retry_after"])} if "retry_after" in refusal.parameters else {}
        return web.json_response(refusal.as_json(), status=refusal.code, headers=headers)
