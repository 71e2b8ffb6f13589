"""Channels without a server: the direct messages between a person and the bot, and those between people."""

from typing import TYPE_CHECKING

from tests.fakes.discord_channel import Channel
from tests.fakes.discord_model import EVERYDAY, Json, Permission, User
from tests.fakes.discord_refusal import cannot_send, missing_access
from tests.fakes.discord_session import Intent
from tests.fakes.discord_world import World

if TYPE_CHECKING:
    from tests.fakes.discord_person import Person


class Dm(Channel):
    """A person's direct messages with the bot; they reach whoever shares a server with it or has installed it."""

    kind = 1

    def __init__(self, world: World, person: "Person") -> None:
        super().__init__(world, f"@{person.name}")
        self.person = person

    def as_json(self) -> Json:
        """A DM channel."""
        people = [self.person.as_json()]
        return {"id": str(self.id), "type": self.kind, "recipients": people, "last_message_id": None, "flags": 0}

    def permissions(self, user: User) -> Permission:
        """What direct messages allow."""
        return EVERYDAY

    def reachable(self) -> None:
        """The bot sees its own direct messages."""

    def writable(self, *more: Permission) -> None:
        """Refuse what reaches nobody."""
        if not self.person.takes_dms:
            raise cannot_send()

    @property
    def hears(self) -> bool:
        """Direct messages are told."""
        return True

    @property
    def intent(self) -> Intent:
        """The intent for messages here."""
        return Intent.DIRECT_MESSAGES


class Elsewhere(Channel):
    """Direct messages between people (two, or a group of more), where the bot is only by a user's installation."""

    def __init__(self, world: World, people: "tuple[Person, ...]", name: str = "") -> None:
        super().__init__(world, name or ", ".join(person.name for person in people))
        self.people = people
        self.kind = 1 if len(people) == 2 else 3

    def as_json(self) -> Json:
        """A DM or a group DM."""
        made: Json = {"id": str(self.id), "type": self.kind, "recipients": [person.as_json() for person in self.people]}
        made |= {"owner_id": str(self.people[0].id), "name": self.name, "icon": None} if self.kind == 3 else {}
        return made | {"last_message_id": None, "flags": 0}

    def permissions(self, user: User) -> Permission:
        """What direct messages allow."""
        return EVERYDAY

    def reachable(self) -> None:
        """The bot is not in there."""
        raise missing_access()

    @property
    def hears(self) -> bool:
        """Nothing is told."""
        return False
