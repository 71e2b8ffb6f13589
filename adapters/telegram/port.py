"""Telegram as a platform: a bot.port.Port."""

import asyncio
import logging
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from telegram import User
from telegram.error import InvalidToken, RetryAfter, TelegramError

from adapters.telegram.arrive import Ours
from adapters.telegram.data import Handles
from adapters.telegram.desk import Desk, Suggest
from adapters.telegram.flood import Flood
from adapters.telegram.forms import Forms
from adapters.telegram.happen import Happen
from adapters.telegram.hear import Hear
from adapters.telegram.hello import WrongToken, greeting
from adapters.telegram.inline import Inline
from adapters.telegram.lanes import Lanes
from adapters.telegram.limits import RATE, Limits
from adapters.telegram.links import Links
from adapters.telegram.manner import Manner
from adapters.telegram.menu import Menu
from adapters.telegram.moves import Moves
from adapters.telegram.people import Rights
from adapters.telegram.polling import Trouble, poll
from adapters.telegram.polls import Polls
from adapters.telegram.posting import Posting
from adapters.telegram.press import Press
from adapters.telegram.private import Private
from adapters.telegram.refusals import no_topic, passing, refusal, seconds
from adapters.telegram.seen import Seen
from adapters.telegram.serve import Serve
from adapters.telegram.slots import Slots
from adapters.telegram.speaker import Speaker
from adapters.telegram.spot import PLATFORM, Spot
from adapters.telegram.vote import Vote
from adapters.telegram.wire import Wire, client, pause
from bot.ask import Account, Place
from bot.command import Command
from bot.keep import Keep, Memory
from bot.port import Answer, Refused, Sent
from bot.reply import Reply

log = logging.getLogger(__name__)

__all__ = ["Telegram", "WrongToken"]


def _now() -> datetime:
    return datetime.now(UTC)


def _print(text: str) -> None:
    sys.stderr.write(f"{text}\n")


class Telegram:
    """Cairn on Telegram; a bot.port.Port.

    `suggest`: completions of an ask's text. `menu`: the commands that people type, by name. `owners`: (platform, id)
    of those who host this Cairn. `api_url`: another Bot API server, without `/bot`. `webhook_url`: the public address
    at which Telegram brings updates, to `listen` (host and port); without it we ask for them. `tell`: shows lines to
    whoever started the program. `now`: the clock.
    """

    platform = PLATFORM
    rate = RATE

    def __init__(
        self,
        token: str,
        *,
        suggest: Suggest,
        menu: Mapping[str, Command],
        keep: Keep,
        owners: Collection[tuple[str, str]] = (),
        api_url: str = "",
        webhook_url: str = "",
        listen: tuple[str, int] = ("0.0.0.0", 8080),
        tell: Callable[[str], None] = _print,
        now: Callable[[], datetime] = _now,
    ) -> None:
        try:
            self._bot = client(token, api_url)
        except InvalidToken:
            raise WrongToken from None
        self._suggest = suggest
        self._menu = menu
        self._owners = [int(id_) for platform, id_ in owners if platform == PLATFORM and id_.isdigit()]
        self._webhook_url = webhook_url
        self._listen = listen
        self._tell = tell
        self._memory = Memory(keep, PLATFORM, now)
        self._moves = Moves(self._memory)
        self._handles = Handles(self._memory)
        self._polls = Polls(self._memory)
        posting = Posting(Wire(self._bot, Limits()), self._handles, self._polls)
        self._speaker = Speaker(posting, Slots(self._memory), self._moves)

    async def run(self, answer: Answer) -> None:
        """Serves people until cancelled; then finishes what is going on. Raises WrongToken."""
        publishing: asyncio.Task[None] | None = None
        try:
            me = await self._begin()
            publishing = asyncio.create_task(self._publish(me))
            serve = self._wired(me, answer)
            if self._webhook_url:
                from adapters.telegram.webhook import Webhook

                await Webhook(self._bot, serve, self._webhook_url, self._listen).run()
            else:
                await poll(self._bot, serve)
        finally:
            if publishing is not None:
                publishing.cancel()
                await asyncio.gather(publishing, return_exceptions=True)
            self._speaker.posting.close()
            await self._bot.shutdown()

    async def send(self, place: Place, account: Account | None, reply: Reply, key: str = "") -> Sent:
        """Says a reply that nobody asked for here; a slot's message is edited.

        Raises Gone, Later or Moved; a bare Refused where Telegram finds a fault in what we send.
        """
        spot = Spot.of(place, account)
        known = await self._speaker.slots.messages(spot, reply.slot) if reply.slot else []
        if reply.edits and not known:
            return Sent(place, "")
        manner = Manner(edit=known[-1] if known else 0, only=reply.edits, live=False)
        try:
            said = await self._speaker.say(spot, reply, manner)
        except TelegramError as error:
            if spot.thread and no_topic(error):
                return await self.send(Place(PLATFORM, place.chat), account, replace(reply, thread=""), key)
            refused = refusal(error, spot)
            if refused is None:
                log.error("Telegram refused a message: %s", type(error).__name__)
                raise Refused("Telegram does not take this message") from None
            raise refused from None
        return Sent(said.spot.place, str(said.messages[0]) if said.messages else "")

    async def _begin(self) -> User:
        """Makes the bot known to itself, as soon as Telegram can be reached."""
        trouble = Trouble()
        while True:
            try:
                await self._bot.initialize()
            except InvalidToken:
                raise WrongToken from None
            except TelegramError as error:
                await asyncio.sleep(trouble.met(error))
            else:
                trouble.over()
                return self._bot.bot

    async def _publish(self, me: User) -> None:
        """Greets whoever hosts the bot, and tells Telegram its menus; both may fail without harm."""
        first = await self._memory.get("hello", me.id) is None
        self._tell(greeting(me, first))
        await self._memory.put("hello", me.id, "1", 3650)
        attempt = 0
        while True:
            try:
                return await Menu(self._bot, self._memory, self._menu.values(), self._owners).publish()
            except TelegramError as error:
                if not passing(error):
                    log.error("Telegram refused the command menu: %s", type(error).__name__)
                    return None
                attempt += 1
                await asyncio.sleep(seconds(error) if isinstance(error, RetryAfter) else pause(attempt, 60.0))

    def _wired(self, me: User, answer: Answer) -> Serve:
        """What serves people, put together."""
        desk = Desk(self._bot, me, answer, self._suggest, self._speaker, self._memory, Rights(self._bot), Flood())
        links = Links(self._memory)
        private = Private(desk, links)
        forms = Forms(desk)
        return Serve(
            Lanes(),
            Seen(self._memory, me.id),
            Hear(desk, Ours(me, frozenset(self._menu)), forms, links, private),
            Press(desk, self._handles, forms, private),
            Vote(desk, self._polls, self._moves),
            Inline(desk),
            Happen(desk, self._moves),
        )
