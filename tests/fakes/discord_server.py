"""A strict local Discord, REST and gateway: the real discord.py talks to it, a test plays the people on the other side.

    async with DiscordServer() as dc:
        ann = dc.user("Ann")
        guild = dc.guild("Study", owner=ann)
        guild.add_bot()
        channel = guild.channel("general")
        ...  # start the bot with dc.api_url, dc.gateway_url and dc.token
        await dc.gateway.ready()
        asked = await ann.slash(channel, "explain", topic="caching")
        await ann.press("Next", asked.message)
    assert dc.violations == []

It refuses what Discord refuses, in its codes. What it cannot place, what breaks a published limit, and what Discord
would silently drop is a violation.
"""

import asyncio
import time
import traceback
from typing import Any, Self

from aiohttp import web

from tests.fakes.discord_faults import Cut, Fault, Garbage, Limit, RateLimits, Refuse, Stall, Trouble
from tests.fakes.discord_guild import Guild
from tests.fakes.discord_http import answer, cut, read_request
from tests.fakes.discord_model import Upload
from tests.fakes.discord_person import Person
from tests.fakes.discord_private import Elsewhere
from tests.fakes.discord_refusal import Refusal, Unplaced, too_large
from tests.fakes.discord_routes import BASE, PLAYED, admit, route_of
from tests.fakes.discord_talk import Talk
from tests.fakes.discord_world import Asked, Request, World

LARGEST_REQUEST = 25 * 2**20  # bytes


class DiscordServer(World):
    """A server on 127.0.0.1, for as long as the `async with` lasts. `limits`: rate limits by route, else generous."""

    def __init__(
        self,
        token: str = "made.discord.token",
        *,
        name: str = "Made Bot",
        privileged: int = 0,
        shards: int = 1,
        limits: dict[str, Limit] | None = None,
    ) -> None:
        super().__init__(token, name=name, privileged=privileged, shards=shards)
        self.troubles: list[Trouble] = []
        self.hurried: list[Request] = []  # requests that came before a `retry_after` was over
        self.limits = RateLimits(limits or {})
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """What `CAIRN_DISCORD_API_URL` and `discord.http.Route.BASE` take."""
        return f"{self.url}{BASE}"

    async def __aenter__(self) -> Self:
        await self.online()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.drop()
        await self.offline()

    async def online(self) -> None:
        """Listen; after `offline` on the same port again."""
        talk = Talk(self)
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.router.add_get("/gateway", talk.connect)
        app.router.add_get("/gateway/", talk.connect)
        app.router.add_get("/resume", talk.connect)
        app.router.add_get("/attachments/{number}/{name}", self._file)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def offline(self) -> None:
        """Refuse all connections, as when there is no network; nothing is forgotten."""
        await self.gateway.drop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def user(self, name: str, *, display: str | None = None, locale: str = "en-US", installed: bool = False) -> Person:
        """Somebody new; `installed`: they have added the bot to their account."""
        made = Person(self, name, display=display, locale=locale)
        made.installed = installed
        return made

    def guild(self, name: str, *, owner: Person | None = None, number: int | None = None) -> Guild:
        """A server without the bot (`add_bot` puts it there). `number` decides the shard: (number >> 22) % shards."""
        return Guild(self, name, owner or self.user(f"Owner of {name}"), number=number)

    def elsewhere(self, *people: Person, name: str = "") -> Elsewhere:
        """Direct messages between people: only a user's own installation brings the bot there."""
        return Elsewhere(self, people, name)

    def trouble(self, route: str, fault: Fault, times: int | None = 1, *, skip: int = 0) -> Trouble:
        """Let a fault happen to the next requests of a route (`*` in it: anything); `times` None: until `calm`.

        A route is written as Discord's: `POST /channels/{channel_id}/messages`.
        """
        assert "*" in route or route in PLAYED, f"no route {route}"
        self.troubles.append(made := Trouble(route, fault, times, skip))
        return made

    def calm(self) -> None:
        """No more faults."""
        self.troubles.clear()

    async def _file(self, http: web.Request) -> web.Response:
        found = self.files.get(int(http.match_info["number"]))
        if found is None:
            return web.Response(status=404)
        return web.Response(body=found.content, content_type=found.upload.mime.partition(";")[0])

    async def _handle(self, http: web.Request) -> web.StreamResponse:
        route, path = route_of(http)
        broken: Refusal | None = None
        body: Any = None
        files: dict[int, Upload] = {}
        try:
            body, files = await read_request(http)
        except web.HTTPRequestEntityTooLarge:
            broken = too_large()
        except Refusal as refusal:
            broken = refusal
        request = Request(route, path, body, files, time.monotonic())
        self.requests.append(request)
        self.beat()
        if self.limits.hurried(route, request.major):
            self.hurried.append(request)
        fault = next((trouble.fault for trouble in self.troubles if trouble.strikes(route)), None)
        if isinstance(fault, Stall):
            await asyncio.sleep(fault.seconds)
        return self._before(http, request, fault) or self._after(http, fault, self._play(http, request, broken))

    def _before(self, http: web.Request, request: Request, fault: Fault | None) -> web.Response | None:
        """The answer to a request that is not played at all."""
        match fault:
            case Cut(after=False):
                return cut(http)
            case Refuse():
                return self._demanded(fault, request)
            case Garbage() if fault.status >= 400:
                return web.Response(body=fault.body, status=fault.status, content_type="text/html")
        wait = self.limits.count(request.route, request.major)
        return self._too_many(request, wait) if wait else None

    @staticmethod
    def _after(http: web.Request, fault: Fault | None, played: web.Response) -> web.Response:
        """The answer to a request that took effect."""
        match fault:
            case Cut():
                return cut(http)
            case Garbage():
                return web.Response(body=fault.body, status=fault.status, content_type="text/html")
        return played

    def _play(self, http: web.Request, request: Request, broken: Refusal | None) -> web.Response:
        headers = dict(self.limits.headers(request.route, request.major))
        try:
            if broken is not None:
                raise broken
            admit(self, http, request)
            asked = Asked(request.path, http.query, request.body, request.files)
            return answer(PLAYED[request.route](self, asked), headers=headers)
        except Refusal as refusal:
            request.answer.append(refusal)
            if isinstance(refusal, Unplaced):
                self.violations.append(f"{request.route}: {refusal}")
            return answer(refusal.as_json(), refusal.status, headers)
        except Exception:  # a fault of the made Discord itself: the test must not pass
            self.violations.append(f"{request.route}: {traceback.format_exc()}")
            return answer({"message": "500: Internal Server Error", "code": 0}, 500)
        finally:
            self.beat()

    def _too_many(self, request: Request, wait: float, *, everywhere: bool = False) -> web.Response:
        body, headers = self.limits.too_many(request.route, request.major, wait, everywhere=everywhere)
        return answer(body, 429, headers)

    def _demanded(self, fault: Refuse, request: Request) -> web.Response:
        if fault.status == 429:
            return self._too_many(request, fault.retry_after, everywhere=fault.everywhere)
        body = {"message": fault.message or f"{fault.status}: made", "code": fault.code}
        return answer(body, fault.status, dict(self.limits.headers(request.route, request.major)))
