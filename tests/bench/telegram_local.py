"""A request layer for python-telegram-bot that answers in this process: no socket, the same bytes for everybody."""

import asyncio
import itertools
import json
from typing import Any

from telegram.request import BaseRequest, RequestData

from tests.fakes.telegram_model import Json

TOKEN = "1234:made"
ME: Json = {
    "id": 1234,
    "is_bot": True,
    "first_name": "Made Bot",
    "username": "made_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}
PATIENCE = 60.0
"""Seconds in which all that was fed must be answered."""

_DONE = b'{"ok":true,"result":true}'
_NONE = b'{"ok":true,"result":[]}'
_UNKNOWN = b'{"ok":false,"error_code":404,"description":"Not Found"}'
_PLAYED = frozenset({"deleteWebhook", "sendChatAction", "setMyCommands", "setMyDescription", "setMyShortDescription"})


class Local(BaseRequest):
    """Answers one bot. `said`: the fields of its sendMessage requests since the last `feed`, as they would be sent."""

    def __init__(self) -> None:
        self.said: list[dict[str, str]] = []
        self.published = asyncio.Event()
        """Whether the bot has told its menus and texts, of which the short description is the last."""
        self.idle = asyncio.Event()
        """Whether the bot waits for updates."""
        self._updates: asyncio.Queue[bytes] = asyncio.Queue()
        self._wanted = 0
        self._answered = asyncio.Event()
        self._numbers = itertools.count(1)

    async def feed(self, updates: bytes, messages: int) -> None:
        """Hands out the answer to a getUpdates, and waits until the bot has sent so many messages."""
        self.said.clear()
        self.idle.clear()
        self._answered.clear()
        self._wanted = messages
        self._updates.put_nowait(updates)
        await asyncio.wait_for(self._answered.wait(), PATIENCE)

    @property
    def read_timeout(self) -> float | None:
        """The default, which nothing here needs."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """The answer to a request; as with a real one, others run in the meantime."""
        name = url.rpartition("/")[2]
        sent = request_data.json_parameters if request_data else {}
        if name == "getUpdates":
            return 200, await self._next(sent)
        await asyncio.sleep(0)
        if name == "sendMessage":
            return 200, self._message(sent)
        if name == "getMe":
            return 200, json.dumps({"ok": True, "result": ME}).encode()
        if name == "setMyShortDescription":
            self.published.set()
        return (200, _DONE) if name in _PLAYED else (404, _UNKNOWN)

    async def _next(self, sent: dict[str, str]) -> bytes:
        if sent.get("timeout") == "0":
            return _NONE
        self.idle.set()
        return await self._updates.get()

    def _message(self, sent: dict[str, str]) -> bytes:
        """The Message that was sent; entities and keys are JSON already."""
        self.said.append(sent)
        if len(self.said) == self._wanted:
            self._answered.set()
        chat = f'{{"id":{sent["chat_id"]},"type":"private","first_name":"Ann"}}'
        made = f'"message_id":{next(self._numbers)},"date":1795338000,"chat":{chat},"text":{json.dumps(sent["text"])}'
        made += "".join(f',"{name}":{sent[name]}' for name in ("entities", "reply_markup") if name in sent)
        return f'{{"ok":true,"result":{{{made}}}}}'.encode()


_ids = itertools.count(1000)


def updates(lines: list[tuple[int, str]]) -> bytes:
    """The answer to a getUpdates: each person (by id) says a line in their private chat."""
    return json.dumps({"ok": True, "result": [_update(*line) for line in lines]}).encode()


def _update(who: int, line: str) -> Json:
    number = next(_ids)
    person = {"id": who, "first_name": "Ann", "language_code": "en"}
    command = {"type": "bot_command", "offset": 0, "length": len(line.split(maxsplit=1)[0])}
    message = {
        "message_id": number,
        "date": 1795338000,
        "chat": {"id": who, "type": "private", "first_name": "Ann"},
        "from": {**person, "is_bot": False},
        "text": line,
        "entities": [command],
    }
    return {"update_id": number, "message": message}
