"""A firing: one time at which a series speaks, on one local date."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.ask import Place
from bot.store.nudges import Nudge


@dataclass(frozen=True, slots=True)
class Firing:
    """What fires when and where. `group_id` or `learner_id` says whose it is; `account`: in whose private chat.

    `at` is the instant, `on` the local date in `zone`; `nudge`: what the learner set of their nudges.
    """

    kind: str
    group_id: int | None
    learner_id: int | None
    place: Place
    account: str
    zone: str
    at: datetime
    on: date
    nudge: Nudge | None = None

    @property
    def owner(self) -> str:
        """A short name of whose it is."""
        return f"l{self.learner_id}" if self.group_id is None else f"g{self.group_id}"

    @property
    def key(self) -> str:
        """The outbox's key: what is said on a date is said once."""
        return f"{self.kind} {self.owner} {self.on.isoformat()}"
