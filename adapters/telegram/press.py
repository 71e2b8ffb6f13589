"""Pressed buttons: each is answered within a second, whatever else is going on."""

import asyncio
from contextlib import suppress

from telegram import Bot, CallbackQuery, MaybeInaccessibleMessage, Message
from telegram.error import TelegramError

from adapters.telegram.busy import busy
from adapters.telegram.data import Data, Handles
from adapters.telegram.desk import Desk
from adapters.telegram.flood import Verdict
from adapters.telegram.forms import Forms
from adapters.telegram.hear import too_much
from adapters.telegram.manner import Manner
from adapters.telegram.people import Person, person
from adapters.telegram.private import Private, alert
from adapters.telegram.spot import Spot
from bot.language import _, speaking
from bot.reply import Reply

WITHIN = 0.45
"""Seconds after which a press is answered without words."""


class Ack:
    """The answer to a press: given once, at the latest after `WITHIN` seconds. A press too old for it is no error."""

    def __init__(self, bot: Bot, query: CallbackQuery) -> None:
        self._bot = bot
        self._query = query.id
        self._given = False
        self._timer = asyncio.get_running_loop().call_later(WITHIN, self.give)
        self._task: asyncio.Task[None] | None = None

    def give(self, text: str = "", alert: bool = False) -> bool:
        """Answers the press, on the side; False where that was done before."""
        if self._given:
            return False
        self._given = True
        self._timer.cancel()
        self._task = asyncio.create_task(self._send(text, alert))
        return True

    def drop(self) -> None:
        """The press was answered before."""
        self._given = True
        self._timer.cancel()

    async def sent(self) -> None:
        """Waits until the answer is out."""
        if self._task:
            await self._task

    async def _send(self, text: str, alert: bool) -> None:
        with suppress(TelegramError):
            await self._bot.answer_callback_query(self._query, text or None, show_alert=alert or None)


class Press:
    """Answers presses."""

    def __init__(self, desk: Desk, handles: Handles, forms: Forms, private: Private) -> None:
        self._desk = desk
        self._handles = handles
        self._forms = forms
        self._private = private

    async def press(self, query: CallbackQuery, ack: Ack) -> None:
        """One press."""
        who = person(query.from_user)
        try:
            with speaking(who.language):
                await self._press(query, who, ack)
        finally:
            ack.give()
            await ack.sent()

    async def _press(self, query: CallbackQuery, who: Person, ack: Ack) -> None:
        if (verdict := self._desk.flood.take(who.account.id)) is not Verdict.SERVE:
            ack.give(too_much() if verdict is Verdict.NOTICE else "", verdict is Verdict.NOTICE)
            return
        message = query.message
        pressed = await self._handles.long(query.data or "")
        if pressed is None or message is None:
            ack.give(_("This button is too old. Please send the command again."), True)
            return
        thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
        spot = Spot.here(message.chat, thread)
        if pressed.fill:
            ack.give()
            await self._forms.begin(spot, who, pressed)
        else:
            await self._serve(spot, who, message, pressed, ack)

    async def _serve(self, spot: Spot, who: Person, message: MaybeInaccessibleMessage, pressed: Data, ack: Ack) -> None:
        async with busy(self._desk.bot, spot):
            reply = await self._desk.answered(pressed.line, who, spot)
            if reply is not None:
                await self._say(spot, who, message, pressed, reply, ack)

    async def _say(
        self,
        spot: Spot,
        who: Person,
        message: MaybeInaccessibleMessage,
        pressed: Data,
        reply: Reply,
        ack: Ack,
    ) -> None:
        if reply.private and not spot.private:
            words = alert(reply)
            if not words or not ack.give(words, True):
                ack.give()
                await self._private.say(spot, who, pressed.line, reply)
            return
        ack.give()
        editable = isinstance(message, Message) and message.text is not None
        edit = message.message_id if editable and await self._replaces(spot, message.message_id, pressed, reply) else 0
        await self._desk.say(spot, reply, Manner(pressed.line, pressed.page, edit, who=pressed.about or who.account))

    async def _replaces(self, spot: Spot, message: int, pressed: Data, reply: Reply) -> bool:
        """Whether the reply takes the place of the message under which the button was."""
        if pressed.page:
            return True
        return bool(reply.slot) and message in await self._desk.speaker.slots.messages(spot, reply.slot)
