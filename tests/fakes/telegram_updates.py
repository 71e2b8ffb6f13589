"""What happens on Telegram, on its way to the bot: kept until confirmed, by long polling or by webhook."""

import asyncio
import ipaddress
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp

from tests.fakes.telegram_model import Json
from tests.fakes.telegram_refusal import BY_WEBHOOK, OTHER_POLLER, WEBHOOK_ACTIVE, Refusal, bad, unplaced

LONGEST_POLL = 50  # seconds
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}  # sent only when asked for by name
SECRET = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True)
class Update:
    """One update; those of the same `line` are delivered in order."""

    id: int
    kind: str
    line: str
    body: Json


@dataclass
class Webhook:
    """Where updates go instead of being polled for."""

    url: str
    secret: str = ""
    connections: int = 40
    error: str | None = None
    error_date: int = 0
    lines: dict[str, asyncio.Task[None]] = field(default_factory=dict)


class Updates:
    """The queue of one bot. `retry`: seconds until a failed delivery is tried again, doubled each time."""

    def __init__(self, report: Callable[[str], None], changed: Callable[[], None], first_id: int = 1000) -> None:
        self.pending: list[Update] = []
        self.webhook: Webhook | None = None
        self.delivered: list[Update] = []
        self.retry = 0.05
        self._allowed: set[str] | None = None
        self._next = first_id
        self._waiter: asyncio.Future[None] | None = None
        self._session: aiohttp.ClientSession | None = None
        self._report = report
        self._changed = changed

    def put(self, kind: str, content: Json, line: str = "") -> bool:
        """Queue an update; False when the bot has not asked for its kind."""
        if kind not in self._allowed if self._allowed else kind in ON_REQUEST:
            return False
        self.pending.append(Update(self._next, kind, line, {"update_id": self._next, kind: content}))
        self._next += 1
        self._wake()
        if self.webhook is not None:
            self._deliver(self.webhook, line)
        return True

    def again(self, update_id: int) -> None:
        """Deliver an update once more that was already taken: Telegram may."""
        update = next(update for update in self.delivered if update.id == update_id)
        self.pending.insert(0, update)
        self._wake()
        if self.webhook is not None:
            self._deliver(self.webhook, update.line)

    async def get(
        self, offset: int = 0, limit: int = 100, seconds: int = 0, allowed: list[str] | None = None
    ) -> list[Json]:
        """getUpdates: what is pending from `offset` on; everything below it is gone for good."""
        if self.webhook is not None:
            raise Refusal(409, WEBHOOK_ACTIVE)
        self.allow(allowed)
        self._interrupt(OTHER_POLLER)
        self._confirm(offset)
        if not self.pending and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL))
        return [update.body for update in self.pending[: max(1, min(limit, 100))]]

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Which kinds are queued from now on; none given: as before; empty: the usual."""
        if kinds is not None:
            self._allowed = set(kinds) or None

    async def hook(self, url: str, secret: str, connections: int, *, drop: bool) -> None:
        """setWebhook, deleteWebhook (an empty address)."""
        if url:
            _webhook_address(url)
            if not set(secret) <= SECRET:
                raise bad("secret token contains unallowed characters")
        await self._unhook()
        if drop:
            self.pending.clear()
        if url:
            self._interrupt(BY_WEBHOOK)
            self.webhook = Webhook(url, secret, connections)
            for line in {update.line for update in self.pending}:
                self._deliver(self.webhook, line)

    async def close(self) -> None:
        """Let everybody go who waits."""
        await self._unhook()
        self._wake()
        if self._session is not None:
            await self._session.close()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.delivered += self.pending[:offset]
            self.pending = self.pending[offset:]
        else:
            self.delivered += [update for update in self.pending if update.id < offset]
            self.pending = [update for update in self.pending if update.id >= offset]

    async def _wait(self, seconds: float) -> None:
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            pass
        finally:
            if self._waiter is waiter:
                self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _interrupt(self, why: str) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(Refusal(409, why))

    async def _unhook(self) -> None:
        hook, self.webhook = self.webhook, None
        tasks = list(hook.lines.values()) if hook else []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _deliver(self, hook: Webhook, line: str) -> None:
        if line not in hook.lines or hook.lines[line].done():
            hook.lines[line] = asyncio.get_running_loop().create_task(self._line(hook, line))

    async def _line(self, hook: Webhook, line: str) -> None:
        pause = self.retry
        while update := next((update for update in self.pending if update.line == line), None):
            error = await self._post(hook, update)
            if error is None:
                self.pending.remove(update)
                self.delivered.append(update)
                pause = self.retry
                self._changed()
            else:
                hook.error, hook.error_date = error, int(time.time())
                await asyncio.sleep(pause)
                pause = min(pause * 2, 1.0)

    async def _post(self, hook: Webhook, update: Update) -> str | None:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            async with self._session.post(hook.url, json=update.body, headers=headers) as answer:
                body = await answer.read()
                if answer.status // 100 != 2:
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except (aiohttp.ClientError, TimeoutError):
            return "Connection closed"
        if b'"method"' in body:
            self._report("the webhook answered with a method, which is not played here")
        return None


def _webhook_address(url: str) -> None:
    """Refuse what is no address for a webhook: HTTPS, but on this machine, as a server of one's own allows."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise unplaced("invalid webhook URL specified")
    if parts.scheme == "http" and not _is_local(parts.hostname):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
