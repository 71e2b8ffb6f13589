"""The webhook: our own small server, to which Telegram brings updates; whoever does not know the secret is refused."""

import asyncio
import hashlib
import hmac
import json
import logging
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.hello import WrongToken
from adapters.telegram.polling import Trouble
from adapters.telegram.serve import KINDS, Serve

log = logging.getLogger(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"
GRACE = 2.0
"""Seconds for which an update is finished before Telegram hears that it has arrived."""

CONNECTIONS = 40
LARGEST = 2**20


def secret(token: str) -> str:
    """What Telegram sends with each update: made of the token, so that it is the same after a restart."""
    return hmac.new(token.encode(), b"cairn webhook", hashlib.sha256).hexdigest()


class Webhook:
    """Serves updates that Telegram brings to `url`, on `listen` (host and port)."""

    def __init__(self, bot: Bot, serve: Serve, url: str, listen: tuple[str, int]) -> None:
        self._bot = bot
        self._serve = serve
        self._url = url
        self._listen = listen
        self._secret = secret(bot.token)

    async def run(self) -> None:
        """Serves until cancelled. Raises WrongToken, or OSError where the port cannot be had."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(urlsplit(self._url).path or "/", self._take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE + 1)
        await runner.setup()
        try:
            await web.TCPSite(runner, *self._listen).start()
            await self._announce()
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()
            await self._serve.finish()

    async def _announce(self) -> None:
        """Tells Telegram where to bring updates, until it knows."""
        trouble = Trouble()
        while True:
            try:
                await self._bot.set_webhook(
                    self._url, secret_token=self._secret, allowed_updates=KINDS, max_connections=CONNECTIONS
                )
                return trouble.over()
            except InvalidToken:
                raise WrongToken from None
            except TelegramError as error:
                await asyncio.sleep(trouble.met(error))

    async def _take(self, request: web.Request) -> web.Response:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=403)
        try:
            update = Update.de_json(json.loads(await request.read()), self._bot)
        except (ValueError, LookupError, TypeError, AttributeError):  # whatever the library trips over
            log.warning("something that is no update came to the webhook")
            return web.Response(status=400)
        await self._serve.take(update)
        await self._serve.lanes.settle(GRACE)
        return web.Response()
