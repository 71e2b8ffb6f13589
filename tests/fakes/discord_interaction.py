"""An interaction: what somebody did, how far the bot has answered it, and what they see of that."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.fakes.discord_message import Message
from tests.fakes.discord_modal import Modal
from tests.fakes.discord_model import NOTHING, Json, Permission
from tests.fakes.discord_private import Dm
from tests.fakes.discord_world import PATIENCE

if TYPE_CHECKING:
    from tests.fakes.discord_channel import Channel
    from tests.fakes.discord_person import Person

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
MOST_FOLLOW_UPS = 5  # where only the user has installed the bot
FILE_SIZE = 10 * 2**20


class Interaction:
    """What somebody did. `source`: the message it was done to. `owners`: who installed the bot here, by kind.

    `callback`: how the bot answered first (None: not yet).
    """

    def __init__(
        self,
        kind: int,
        who: "Person",
        channel: "Channel",
        data: Json,
        *,
        owners: dict[str, str],
        source: Message | None = None,
    ) -> None:
        self.world = who.world
        self.id = self.world.number()
        self.token = f"made-token-{self.id}"
        self.kind = kind
        self.who = who
        self.channel = channel
        self.data = data
        self.owners = owners
        self.source = source
        self.at = self.world.clock()
        self.callback: int | None = None
        self.original: Message | None = None
        self.follow_ups: list[Message] = []
        self.edits = 0  # of the original, after the first answer
        self.choices: list[Json] | None = None
        self.modal: Modal | None = None
        self.world.interactions[self.token] = self

    @property
    def late(self) -> bool:
        """Whether it was not answered in time: the client says that the application did not respond."""
        return self.callback is None and self.world.clock() - self.at > self.world.acknowledge_within

    @property
    def expired(self) -> bool:
        """Whether its token is no longer good."""
        return self.world.clock() - self.at > self.world.answer_within

    @property
    def thinking(self) -> bool:
        """Whether it was deferred and nothing has been said yet."""
        return self.callback == DEFERRED and self.original is not None and self.original.thinking

    @property
    def settled(self) -> bool:
        """Whether there is something to see: not only a deferral."""
        if self.callback in (MESSAGE, UPDATE, CHOICES, MODAL):
            return True
        return self.callback is not None and not self.thinking and bool(self.messages)

    @property
    def messages(self) -> list[Message]:
        """What the bot has said or changed in answer, in order."""
        first = []
        if self.callback in (MESSAGE, DEFERRED) and self.original and not self.original.thinking:
            first = [self.original]
        elif self.callback == UPDATE or (self.callback == DEFERRED_UPDATE and self.edits):
            first = [self.source] if self.source else []
        return [message for message in (*first, *self.follow_ups) if not message.deleted]

    @property
    def message(self) -> Message:
        """The first of `messages`."""
        assert self.messages, f"nothing was said to {self.data}"
        return self.messages[0]

    @property
    def text(self) -> str:
        """What the first message says."""
        return self.message.text

    @property
    def private(self) -> bool:
        """Whether only the asker sees the answer; also while it is deferred."""
        shown = self.original if self.thinking and self.original else self.message
        return shown.private

    @property
    def only_theirs(self) -> bool:
        """Whether the bot is here only because the user has installed it."""
        return "0" not in self.owners

    @property
    def forced_private(self) -> bool:
        """Whether every answer is ephemeral: the user may not use external apps here."""
        guild = self.channel.guild
        if not self.only_theirs or guild is None:
            return False
        return not guild.permissions(self.who, self.channel) & Permission.USE_EXTERNAL_APPS

    async def answer(self, within: float = PATIENCE) -> Message:
        """Wait until it is settled; then what was said or changed."""
        await self.settle(within)
        return self.message

    async def acknowledged(self, within: float = PATIENCE) -> int:
        """Wait for the first answer of any kind: its type."""
        await self._until(lambda: self.callback is not None, within, "a first answer")
        assert self.callback is not None
        return self.callback

    async def settle(self, within: float = PATIENCE) -> None:
        """Wait until there is something to see."""
        await self._until(lambda: self.settled, within, "an answer")

    async def next_follow_up(self, number: int = 1, within: float = PATIENCE) -> Message:
        """Wait until there are so many follow-ups; the last of them."""
        await self._until(lambda: len(self.follow_ups) >= number, within, f"follow-up {number}")
        return self.follow_ups[number - 1]

    async def _until(self, look: Callable[[], bool], within: float, what: str) -> None:
        left = max(0.0, self.at + self.world.acknowledge_within - self.world.clock()) + 0.01
        timer = asyncio.get_running_loop().call_later(left, self.world.beat)
        try:
            await self.world.until(lambda: look() or self.late, within=within, what=f"{what} to {self.data}")
        finally:
            timer.cancel()
        late = f"no answer within {self.world.acknowledge_within} s to {self.data}"
        assert look(), "\n".join([late, *map(str, self.world.refusals), *self.world.violations])

    def as_json(self) -> Json:
        """An Interaction, as INTERACTION_CREATE brings it."""
        world, guild, channel = self.world, self.channel.guild, self.channel
        made: Json = {"id": str(self.id), "application_id": str(world.application_id), "type": self.kind, "version": 1}
        made |= {"token": self.token, "data": self.data, "locale": self.who.locale, "entitlements": []}
        made |= {"channel_id": str(channel.id), "channel": self._channel_json(), "context": self.context}
        made |= {"authorizing_integration_owners": self.owners, "attachment_size_limit": FILE_SIZE}
        made |= {"app_permissions": str(int(self._bot_permissions()))}
        if guild is None:
            made["user"] = self.who.as_json()
        else:
            partial: Json = {"id": str(guild.id), "locale": guild.locale, "features": []}
            permissions = str(int(guild.permissions(self.who, channel)))
            made |= {"guild_id": str(guild.id), "guild": partial, "guild_locale": guild.locale}
            made["member"] = guild.member_json(self.who) | {"permissions": permissions}
        if self.source is not None:
            made["message"] = self.source.as_json()
        return made

    @property
    def context(self) -> int:
        """Where: 0 in a server, 1 in the bot's direct messages, 2 in other private channels."""
        return 0 if self.channel.guild else 1 if isinstance(self.channel, Dm) else 2

    def _channel_json(self) -> Json:
        if self.channel.guild is None:
            return self.channel.as_json()
        permissions = self.channel.guild.permissions(self.who, self.channel)
        return self.channel.as_json() | {"permissions": str(int(permissions))}

    def _bot_permissions(self) -> Permission:
        if self.channel.guild is not None and not self.channel.guild.has_bot:
            return Permission.EMBED_LINKS | Permission.ATTACH_FILES | Permission.MENTION_EVERYONE
        return self.channel.permissions(self.world.bot) | NOTHING

    def in_message(self) -> Json:
        """What a message that answers it says of it."""
        made: Json = {"id": str(self.id), "type": self.kind, "user": self.who.as_json()}
        made["authorizing_integration_owners"] = self.owners
        if self.kind == COMPONENT and self.source is not None:
            made["interacted_message_id"] = str(self.source.id)
        number = str(self.world.application_id)
        return {"application_id": number, "webhook_id": number, "interaction_metadata": made}
