"""The Chat is what a command is handed: who asks, where, when, and what it may look up and change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256

from sqlalchemy import Connection

from bot.ask import Ask, Place, Role
from bot.call import Call
from bot.learning.path import Path
from bot.library import Library
from bot.roadmap.model import Roadmap, Topic
from bot.store import kept, outbox, progress
from bot.store.groups import Group
from bot.store.learners import Learner

RECENT = "recent"
"""The space in which the topic last talked about is kept."""
RECALLED = timedelta(minutes=10)
"""How long it is meant where a topic is left out."""


@dataclass
class Chat:
    """One ask being answered, within one transaction.

    `group`: where it was asked, unless in private. `owners`: (platform, id) of the accounts that host this Cairn.
    """

    ask: Ask
    role: Role
    library: Library
    connection: Connection
    learner: Learner
    group: Group | None = None
    owners: frozenset[tuple[str, str]] = frozenset()

    @property
    def now(self) -> datetime:
        """The instant of the ask."""
        return self.ask.now

    @property
    def place(self) -> Place:
        """Where it was asked."""
        return self.ask.place

    @property
    def roadmap(self) -> Roadmap:
        """The learner's roadmap."""
        return self.library.roadmap(self.learner.roadmap)

    @cached_property
    def path(self) -> Path:
        """The learner's way through their roadmap."""
        roadmap = self.roadmap
        standing = progress.standing(self.connection, self.learner.id, roadmap.id, self.library.search.renamed)
        return Path(roadmap, standing, roadmap.route(self.learner.route))

    @cached_property
    def recent(self) -> Topic | None:
        """The topic that this account last talked about in this place, for a while."""
        topic_id = self.kept(RECENT, self._recent) or ""
        return self.library.content.topics.get(self.library.search.renamed.get(topic_id, topic_id))

    def talked_about(self, topics: Sequence[str]) -> None:
        """Keeps a topic as what is talked about here, of several none; in a group the clock talks to nobody."""
        if topics and (self.role < Role.HOUSE or self.place.private):
            one = topics[0] if len(topics) == 1 else ""
            kept.put_about(self.connection, RECENT, self._recent, one, self.now + RECALLED, self.ask.account)

    @property
    def _recent(self) -> str:
        """The key of what this account talks about in this place; ids of both may be long."""
        place = (self.place.platform, self.place.chat, self.place.thread, self.ask.account.id)
        return sha256("\0".join(place).encode("utf-8", "surrogatepass")).hexdigest()

    def again(self) -> Path:
        """The way as it is after a change in this transaction."""
        self.__dict__.pop("path", None)
        return self.path

    def topic(self, topic_id: str) -> Topic:
        """A topic by its id."""
        return self.library.content.topics[topic_id]

    def post(
        self,
        place: Place,
        call: Call,
        key: str,
        account: str = "",
        due: datetime | None = None,
        lane: str = outbox.LIVE,
        until: datetime | None = None,
    ) -> bool:
        """Has a call answered elsewhere after this transaction; False where `key` was posted before.

        `account`: in whose private chat. `due`: not before this instant. `lane`: outbox.LIVE, or outbox.WAVE for what
        many get. `until`: after this instant it is not worth sending.
        """
        return outbox.post(
            self.connection,
            key,
            place,
            account,
            call.line,
            self.now,
            self.learner.id,
            due=due,
            lane=lane,
            until=until,
        )

    def keep(self, space: str, key: str, value: str, until: datetime) -> None:
        """Keeps a value of this learner's until an instant."""
        kept.put(self.connection, space, key, value, until, self.learner.id)

    def kept(self, space: str, key: str) -> str | None:
        """What was kept, or None."""
        return kept.get(self.connection, space, key, self.now)
