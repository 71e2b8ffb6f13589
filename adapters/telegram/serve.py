"""Takes updates in: each goes into the lane of its chat, once, to what answers its kind."""

import logging
from collections.abc import Awaitable, Callable

from telegram import Message, Update
from telegram.constants import UpdateType

from adapters.telegram.happen import Happen
from adapters.telegram.hear import Hear
from adapters.telegram.inline import Inline
from adapters.telegram.lanes import Lanes
from adapters.telegram.press import Ack, Press
from adapters.telegram.seen import Seen
from adapters.telegram.vote import Vote

log = logging.getLogger(__name__)

KINDS = [
    UpdateType.MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.POLL_ANSWER,
    UpdateType.INLINE_QUERY,
    UpdateType.MY_CHAT_MEMBER,
    UpdateType.CHAT_MEMBER,
]
"""The kinds of updates that we ask Telegram for."""

DRAIN = 6.0
"""Seconds in which what is going on is finished when Cairn stops."""

Job = Callable[[], Awaitable[None]]


class Serve:
    """Takes updates from whichever way they come."""

    def __init__(
        self, lanes: Lanes, seen: Seen, hear: Hear, press: Press, vote: Vote, inline: Inline, happen: Happen
    ) -> None:
        self.lanes = lanes
        self.seen = seen
        self._hear = hear
        self._press = press
        self._vote = vote
        self._inline = inline
        self._happen = happen

    async def take(self, update: Update) -> None:
        """Has an update handled in its turn; one that was taken before is passed over.

        A press is answered in time, however long its turn takes to come.
        """
        ack = Ack(update.get_bot(), update.callback_query) if update.callback_query else None
        await self.lanes.room()
        if await self.seen.begin(update.update_id):
            lane, job = self._job(update, ack)
            self.lanes.put(lane, lambda: self._handle(update.update_id, job))
        elif ack is not None:
            ack.drop()

    async def finish(self) -> None:
        """Finishes what is going on, for a while, and writes down what was handled."""
        await self.lanes.close(DRAIN)
        await self.seen.flush()

    async def _handle(self, number: int, job: Job | None) -> None:
        try:
            if job:
                await job()
        finally:
            self.seen.done(number)

    def _job(self, update: Update, ack: Ack | None) -> tuple[object, Job | None]:
        """The lane of an update, and what is to be done."""
        if message := update.message:
            return message.chat.id, self._of_message(message)
        if (query := update.callback_query) and ack is not None:
            return query.message.chat.id if query.message else query.id, lambda: self._press.press(query, ack)
        if vote := update.poll_answer:
            return vote.user.id if vote.user else vote.poll_id, lambda: self._vote.vote(vote)
        if inline := update.inline_query:
            return inline.id, lambda: self._inline.query(inline)
        if change := update.my_chat_member:
            return change.chat.id, lambda: self._happen.member(change)
        if other := update.chat_member:
            return other.chat.id, lambda: self._happen.other(other)
        return None, None

    def _of_message(self, message: Message) -> Job:
        """What people write, or what Telegram says about a chat."""
        if message.migrate_to_chat_id or message.migrate_from_chat_id:
            return lambda: self._happen.migrated(message)
        if message.left_chat_member or message.new_chat_members:
            return lambda: self._happen.passed(message)
        return lambda: self._hear.message(message)
