"""The state of the made Telegram: who and what there is, what the bot has set, and how a test waits for it."""

import asyncio
import itertools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from tests.fakes.telegram_facts import Upload
from tests.fakes.telegram_message import Message
from tests.fakes.telegram_model import Channel, File, Json, User
from tests.fakes.telegram_refusal import Refusal, bad
from tests.fakes.telegram_updates import Updates

if TYPE_CHECKING:
    from tests.fakes.telegram_chats import Chat
    from tests.fakes.telegram_queries import InlineQuery, Press

PATIENCE = 5.0  # seconds a test waits for the bot before it fails
T = TypeVar("T")

# Who speaks for an administrator who is anonymous, for a channel, and for a channel's posts in its group.
ANONYMOUS = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
AS_CHANNEL = User(136817688, "Channel", "Channel_Bot", is_bot=True)
FORWARDER = User(777000, "Telegram")


class Asked(dict[str, Any]):
    """The fields of a request, and the files that came with it."""

    def __init__(self, fields: Mapping[str, Any], files: Mapping[str, Upload]) -> None:
        super().__init__(fields)
        self.files = files


@dataclass(frozen=True)
class Request:
    """A request as it came. `at`: seconds of the monotonic clock. `refused`: with what, if it was."""

    method: str
    fields: Mapping[str, Any]
    files: Mapping[str, Upload]
    at: float
    answer: "list[Refusal]" = field(default_factory=list)

    @property
    def refused(self) -> Refusal | None:
        """The refusal it was answered with."""
        return self.answer[0] if self.answer else None


class World:
    """One bot's Telegram. `privacy`: in groups it hears commands, replies and mentions only, unless administrator."""

    def __init__(self, username: str = "made_bot", *, privacy: bool = True) -> None:
        self.bot = User(1234, "Made Bot", username, is_bot=True, met=True)
        self.privacy = privacy
        self.inline = True
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.presses: dict[str, Press] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.inline_messages: dict[str, Message] = {}
        self.commands: dict[tuple[str, str], list[tuple[str, str]]] = {}  # by scope and language
        self.texts: dict[tuple[str, str], str] = {}  # name, description and short description, by language
        self.requests: list[Request] = []
        self.violations: list[str] = []
        self.updates = Updates(self.violations.append, self.beat)
        self.clock: Callable[[], float] = time.time
        self.query_lifetime = 15.0  # seconds in which a press or an inline query may be answered
        self.logged_out = False
        self.numbers = itertools.count(1)  # of messages outside supergroups
        self._ids = itertools.count(5001)
        self._pulse: asyncio.Future[None] | None = None

    def number(self) -> int:
        """A fresh number, for whatever needs one."""
        return next(self._ids)

    def now(self) -> int:
        """Unix time."""
        return int(self.clock())

    def user(
        self, first_name: str, *, username: str | None = None, language: str | None = "en", bot: bool = False
    ) -> User:
        """Somebody new on Telegram, who has not written to the bot yet."""
        from tests.fakes.telegram_private import Private

        made = User(self.number(), first_name, username, language, is_bot=bot)
        self.users[made.id] = made
        Private(self, made)
        return made

    def channel(self, title: str, *, username: str | None = None) -> Channel:
        """A channel, to speak as."""
        return Channel(-1000000000000 - self.number(), title, username)

    def keep(self, upload: Upload, folder: str, size: tuple[int, int] = (0, 0)) -> File:
        """Keep an uploaded file."""
        number = self.number()
        ending = upload.name.rpartition(".")[2] or "bin"
        file = File(f"file{number}", f"{folder}/file_{number}.{ending}", upload, *size)
        self.files[file.id] = file
        return file

    def chat(self, chat_id: int | str) -> "Chat":
        """The chat of an id or @username, or the refusal."""
        if isinstance(chat_id, str):
            found = next((chat for chat in self.chats.values() if f"@{chat.username}" == chat_id), None)
        else:
            found = self.chats.get(chat_id)
        if found is None or not found.known:
            raise bad("chat not found")
        return found

    def beat(self) -> None:
        """Something changed: whoever waits looks again."""
        if self._pulse is not None and not self._pulse.done():
            self._pulse.set_result(None)

    async def until(self, look: Callable[[], T | None], *, within: float = PATIENCE, what: str = "it") -> T:
        """Wait until `look` finds something true; AssertionError after `within` seconds."""
        try:
            async with asyncio.timeout(within):
                while not (found := look()):
                    if self._pulse is None or self._pulse.done():
                        self._pulse = asyncio.get_running_loop().create_future()
                    await asyncio.shield(self._pulse)
                return found
        except TimeoutError:
            last = [
                f"{request.method} {dict(request.fields)} {request.refused or ''}" for request in self.requests[-5:]
            ]
            raise AssertionError("\n".join([f"waited {within} s for {what}; the last requests:", *last])) from None

    def calls(self, method: str) -> list[Request]:
        """All requests of one method so far."""
        return [request for request in self.requests if request.method == method]

    @property
    def refusals(self) -> list[Refusal]:
        """Every refusal so far, faults on demand not counted."""
        return [request.refused for request in self.requests if request.refused is not None]

    def menu(self, chat: "Chat", user: User) -> list[tuple[str, str]]:
        """The command menu somebody sees in a chat: the narrowest scope that is set, in their language or in none."""
        for scope in chat.scopes(user):
            for language in (user.language or "", ""):
                if found := self.commands.get((scope, language)):
                    return found
        return []

    def text(self, kind: str, language: str = "") -> str:
        """What the bot has set as `name`, `description` or `short_description`."""
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")

    def file(self, content: bytes, name: str, mime: str = "application/octet-stream") -> File:
        """A file of a person's, to send in a message."""
        return self.keep(Upload(content, name, mime), "documents")


def scope_key(scope: Json | None) -> str:
    """A BotCommandScope as a key: `default`, `chat:5`, `chat_member:5:6`."""
    if scope is None:
        return "default"
    return ":".join(str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope)
