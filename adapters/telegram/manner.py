"""How a reply is to be said, and where it landed."""

from dataclasses import dataclass, field

from telegram import ReplyParameters

from adapters.telegram.spot import Spot
from bot.ask import Account


@dataclass(slots=True)
class Manner:
    """How a reply is said.

    `line`: what it answers, so that its long texts can page. `page`: the page to show. `edit`: the message to put it
    into; `only`: or nowhere. `to`: the message it answers, shown above it. `live`: somebody waits for it. `who`: whose
    words the line is.
    """

    line: str = ""
    page: int = 0
    edit: int = 0
    only: bool = False
    to: int = 0
    live: bool = True
    who: Account | None = None

    @property
    def above(self) -> ReplyParameters | None:
        """The message shown above, if it is still there."""
        return ReplyParameters(self.to, allow_sending_without_reply=True) if self.to else None

    def begun(self) -> None:
        """One message is out: the others follow it, and what was begun is finished."""
        self.edit = self.to = 0
        self.live = True


@dataclass(slots=True)
class Said:
    """Where a reply landed: the spot, and its messages."""

    spot: Spot
    messages: list[int] = field(default_factory=list)
