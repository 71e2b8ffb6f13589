"""What a platform must be for Cairn: two verbs, and the three ways in which it may refuse."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.ask import Account, Ask, Place
from bot.reply import Reply

Answer = Callable[[Ask], Awaitable[Reply | None]]
"""The engine's one verb, handed to a platform."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a reply landed: the place, and the platform's id of the message."""

    place: Place
    message: str


class Port(Protocol):
    """A platform: it turns what arrives into Asks, and draws Replies.

    `rate`: messages a second that may be sent to many; 0 where there is no limit.
    """

    platform: str
    rate: float

    async def run(self, answer: Answer) -> None:
        """Serves people until cancelled, or until there is nobody left to serve."""

    async def send(self, place: Place, account: Account | None, reply: Reply, key: str = "") -> Sent:
        """Says a reply in a place (to `account` where the place is private). Raises Gone, Later or Moved.

        `key`: the same when the same is tried again, so that a platform that can tell says it once. The place that is
        returned may be the thread that was opened for it.
        """


class Unwelcome(Exception):
    """The platform does not let this bot in, and trying again would not help; the message says the mend."""


class Refused(Exception):
    """The platform did not take a message."""


class Gone(Refused):
    """For good: blocked, deleted, or without the right to write there."""


class Later(Refused):
    """For now: try again in `seconds`. `everywhere`: the platform slows down all that we send, not this place alone."""

    def __init__(self, seconds: float, *, everywhere: bool = False) -> None:
        super().__init__(f"try again in {seconds:g} s")
        self.seconds = seconds
        self.everywhere = everywhere


class Moved(Refused):
    """The place lives on under another address."""

    def __init__(self, place: Place) -> None:
        super().__init__(f"moved to {place}")
        self.place = place
