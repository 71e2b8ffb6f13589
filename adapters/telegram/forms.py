"""Buttons that still want words: they are asked for one by one, and what was begun outlives a restart."""

import json
from collections import OrderedDict
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from telegram import ForceReply, Message

from adapters.telegram.data import Data
from adapters.telegram.desk import Desk
from adapters.telegram.people import Person, addressed
from adapters.telegram.spot import Spot
from bot.call import Word
from bot.language import _, speaking

DAYS = 30 / 24 / 60
"""Half an hour."""

MOST = 10_000

_PLACEHOLDER = 64
"""Telegram: characters of the hint in the field."""


@dataclass(slots=True)
class Form:
    """A line, the words it still wants, and the message that asks for the first of them."""

    line: str
    wanted: list[str]
    message: int = 0


class Forms:
    """The forms that people are filling in, one in each chat."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: OrderedDict[str, tuple[datetime, Form | None]] = OrderedDict()
        """Until when which form is open, or that none is: not every message is looked up, and of somebody who is no
        learner nothing is kept elsewhere."""

    async def begin(self, spot: Spot, who: Person, data: Data) -> None:
        """Asks for the first word that a button wants."""
        await self._ask(spot, who, Form(data.line, list(data.fill)))

    async def take(self, spot: Spot, who: Person, message: Message) -> str | None:
        """Takes a message as the word that was asked for. The whole line when it was the last one, "" when another is
        asked for now, None when the message is something else. A command leaves the form."""
        text = (message.text or "").strip()
        above = message.reply_to_message
        if not text or (not spot.private and above is None):
            return None
        form = await self._open(_key(spot, who))
        if form is None or (not spot.private and (above is None or above.message_id != form.message)):
            return None
        await self._desk.memory.drop("form", _key(spot, who))
        self._note(_key(spot, who), None)
        if text.startswith("/"):
            return None
        key, *others = form.wanted
        line = f"{form.line} {Word(text, key).written()}"
        if not others:
            return line
        await self._ask(spot, who, Form(line, others))
        return ""

    async def _open(self, key: str) -> Form | None:
        """The form that is open, if there is one."""
        if key not in self._known:
            kept = await self._desk.memory.get("form", key)
            self._note(key, Form(**json.loads(kept)) if kept else None)
        until, form = self._known[key]
        return form if self._desk.now < until else None

    def _note(self, key: str, form: Form | None) -> None:
        self._known[key] = (self._desk.now + timedelta(days=DAYS), form)
        self._known.move_to_end(key)
        if len(self._known) > MOST:
            self._known.popitem(last=False)

    async def _ask(self, spot: Spot, who: Person, form: Form) -> None:
        with speaking(who.language):
            text = _("Write it here: {word}. /cancel leaves it.").format(word=form.wanted[0])
        said, entities = (text, []) if spot.private else addressed(who, text)

        async def make() -> Message:
            return await self._desk.bot.send_message(
                spot.chat,
                said,
                entities=entities,
                message_thread_id=spot.thread,
                reply_markup=ForceReply(
                    selective=bool(entities), input_field_placeholder=form.wanted[0][:_PLACEHOLDER]
                ),
            )

        if (asked := await self._desk.post(spot, make)) is None:
            return
        form.message = asked.message_id
        self._note(_key(spot, who), form)
        await self._desk.memory.put("form", _key(spot, who), json.dumps(asdict(form)), DAYS, who.account)


def _key(spot: Spot, who: Person) -> str:
    return f"{spot.chat} {who.account.id}"
