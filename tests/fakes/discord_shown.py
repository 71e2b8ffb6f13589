"""What people see in a place, now and as it comes: the messages shown, and a test that waits for the next."""

import asyncio

from tests.fakes.discord_message import Message
from tests.fakes.discord_model import User
from tests.fakes.discord_world import PATIENCE, World


class Shown:
    """The messages of a place."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.name = name
        self.log: dict[int, Message] = {}
        self._sent: list[Message] = []  # by the bot, in the order in which they were shown
        self._edited: list[Message] = []
        self._read: dict[int | None, int] = {}  # by viewer
        self._edits_read: dict[int | None, int] = {}

    @property
    def messages(self) -> list[Message]:
        """What everybody sees now; edits applied, deleted ones gone."""
        return self.seen_by(None)

    def seen_by(self, viewer: User | None) -> list[Message]:
        """What somebody sees now, with what only they see."""
        return [message for message in self.log.values() if message.seen_by(viewer)]

    @property
    def sent(self) -> list[Message]:
        """What everybody sees now of the bot's."""
        return [message for message in self._sent if message.seen_by(None)]

    def shown(self, message: Message) -> None:
        """A message of the bot's can be seen from now on."""
        self._sent.append(message)
        self.world.beat()

    def was_edited(self, message: Message) -> None:
        """The bot changed a message."""
        message.versions += 1
        self._edited.append(message)
        self.world.beat()

    async def next(self, viewer: User | None = None, within: float = PATIENCE) -> Message:
        """The bot's next message here that everybody sees, or with `viewer` what that user sees; one for each call."""
        return await self._following(self._sent, self._read, viewer, within, "a message")

    async def next_edit(self, viewer: User | None = None, within: float = PATIENCE) -> Message:
        """The message which the bot edits next, one for each call and edit."""
        return await self._following(self._edited, self._edits_read, viewer, within, "an edit")

    async def _following(
        self, all_: list[Message], read: dict[int | None, int], viewer: User | None, within: float, what: str
    ) -> Message:
        key = None if viewer is None else viewer.id

        def look() -> Message | None:
            for place in range(read.get(key, 0), len(all_)):
                read[key] = place + 1
                if all_[place].only_for in (None, viewer):
                    return all_[place]
            return None

        return await self.world.until(look, within=within, what=f"{what} in {self.name}")

    async def silent(self, seconds: float = 0.2, viewer: User | None = None) -> None:
        """Assert that nothing new comes from the bot for so long."""
        await asyncio.sleep(seconds)
        start = self._read.get(None if viewer is None else viewer.id, 0)
        new = [message.text for message in self._sent[start:] if message.only_for in (None, viewer)]
        assert not new, f"the bot spoke: {new}"
