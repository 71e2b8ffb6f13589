"""Says replies: renders them, pages what is long, follows a chat that moved, and knows what stands where."""

import logging
from collections.abc import Awaitable, Callable

from telegram.error import ChatMigrated, TelegramError

from adapters.telegram.data import Data
from adapters.telegram.manner import Manner, Said
from adapters.telegram.moves import Moves
from adapters.telegram.outs import Key, Out, Words
from adapters.telegram.posting import Posting
from adapters.telegram.render import render
from adapters.telegram.slots import Slots
from adapters.telegram.spot import Spot
from adapters.telegram.topics import Topics
from bot.language import _
from bot.reply import Reply

log = logging.getLogger(__name__)


class Speaker:
    """Says replies in chats. `moved` is told when a chat turns out to have a new id."""

    def __init__(self, posting: Posting, slots: Slots, moves: Moves) -> None:
        self.slots = slots
        self.posting = posting
        self.moved: Callable[[Spot, int], Awaitable[None]] | None = None
        self._moves = moves
        self._topics = Topics(posting.wire)

    async def say(self, spot: Spot, reply: Reply, manner: Manner | None = None) -> Said:
        """Says a reply; raises TelegramError, or Later where nobody waits for it."""
        manner = manner or Manner()
        spot = await self._moves.now(spot)
        if reply.thread and not spot.private:
            spot = await self._topics.opened(spot, reply.thread, manner.live)
        said = Said(spot)
        for out in _ready(render(reply), manner):
            try:
                await self._put(said, out, manner)
            except TelegramError:
                if not said.messages:
                    raise
                log.warning("the rest of a reply was refused by Telegram")
                break
        if reply.slot and said.messages:
            await self.slots.note(said.spot, reply.slot, said.messages[0])
        return said

    async def _put(self, said: Said, out: Out, manner: Manner) -> None:
        """One message; where the chat has moved, once more at its new address."""
        try:
            message = await self.posting.post(said.spot, out, manner)
        except ChatMigrated as error:
            if not manner.live:
                raise
            if self.moved:
                await self.moved(said.spot, error.new_chat_id)
            said.spot = said.spot.moved(error.new_chat_id)
            manner.edit = manner.to = 0
            message = await self.posting.post(said.spot, out, manner)
        said.messages.append(message)
        manner.begun()


def _ready(outs: list[Out], manner: Manner) -> list[Out]:
    """The messages with their long texts paged where the line is known, else one after the other."""
    long = [out for out in outs if isinstance(out, Words) and len(out.pages) > 1]
    if manner.page:
        outs = [*long, *outs][:1]  # the other messages of the reply are there already
    made: list[Out] = []
    for out in outs:
        if not isinstance(out, Words) or len(out.pages) < 2:
            made.append(out)
        elif manner.line:
            made.append(_page(out, manner))
        else:
            made += (Words([page]) for page in out.pages[:-1])
            made.append(Words([out.pages[-1]], out.keys))
    return made


def _page(out: Words, manner: Manner) -> Words:
    """The page that is asked for, with keys to its neighbours."""
    count = len(out.pages)
    at = min(max(manner.page, 1), count)
    turns = [(at - 1, _("‹ Back"))] if at > 1 else []
    turns += [(at + 1, _("More ›"))] if at < count else []
    keys = tuple(Key(f"{label} {to}/{count}", Data(manner.line, page=to).written()) for to, label in turns)
    return Words([out.pages[at - 1]], (keys, *out.keys))
