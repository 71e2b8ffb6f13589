"""A channel of a server, and what all places have in common: who may do what, what the bot is told."""

from typing import TYPE_CHECKING, Any

from tests.fakes.discord_message import Message
from tests.fakes.discord_model import EVERYTHING, NOTHING, Json, Permission, Role, User
from tests.fakes.discord_refusal import missing_access, missing_permissions, unknown
from tests.fakes.discord_session import Intent, Session
from tests.fakes.discord_shown import Shown
from tests.fakes.discord_world import World

if TYPE_CHECKING:
    from tests.fakes.discord_guild import Guild

SEND, VIEW = Permission.SEND_MESSAGES, Permission.VIEW_CHANNEL


class Channel(Shown):
    """A place with messages. `typed`: how often the bot said it was typing."""

    kind = 0
    guild: "Guild | None" = None

    def __init__(self, world: World, name: str, guild: "Guild | None" = None, number: int | None = None) -> None:
        super().__init__(world, name)
        self.id = number or world.number()
        self.guild = guild
        self.typed = 0
        self.deleted = False
        self.allowed: dict[int, Permission] = {}  # by role or user
        self.denied: dict[int, Permission] = {}
        world.channels[self.id] = self

    @property
    def mention(self) -> str:
        """The channel in a text."""
        return f"<#{self.id}>"

    def as_json(self) -> Json:
        """A Channel."""
        made: Json = {"id": str(self.id), "type": self.kind, "name": self.name, "position": 0, "nsfw": False}
        made |= {"topic": None, "parent_id": None, "rate_limit_per_user": 0, "last_message_id": None, "flags": 0}
        overwrites = [
            {"id": str(number), "type": int(number in self.world.users)}
            | {"allow": str(int(self.allowed.get(number, NOTHING))), "deny": str(int(self.denied.get(number, NOTHING)))}
            for number in self.allowed.keys() | self.denied.keys()
        ]
        return made | {"permission_overwrites": overwrites} | self.where()

    def where(self) -> Json:
        """The ids by which a message names the place."""
        made = {"channel_id": str(self.id)}
        return made | ({"guild_id": str(self.guild.id)} if self.guild else {})

    def permissions(self, user: User) -> Permission:
        """What somebody may do here."""
        assert self.guild is not None
        return self.guild.permissions(user, self)

    def may(self, user: User, *wanted: Permission) -> bool:
        """Whether somebody may do all of that here."""
        has = self.permissions(user)
        return all(has & one for one in wanted)

    def reachable(self) -> None:
        """Refuse what the bot does not see."""
        if self.deleted:
            raise unknown("Channel")
        if self.guild is None or not self.guild.has_bot or not self.may(self.world.bot, VIEW):
            raise missing_access()

    def writable(self, *more: Permission) -> None:
        """Refuse what the bot may not write here."""
        self.reachable()
        if not self.may(self.world.bot, SEND, *more):
            raise missing_permissions()

    def message(self, number: int, viewer: User | None = None) -> Message:
        """The message of that number, or the refusal; ephemeral ones only with their viewer."""
        found = self.log.get(number)
        if found is None or found.deleted or (found.only_for not in (None, viewer)):
            raise unknown("Message")
        return found

    def add(self, author: User, **content: Any) -> Message:
        """Put a message into the channel."""
        message = Message(self, self.world.number(), author, self.world.clock(), **content)
        self.log[message.id] = message
        if author is self.world.bot and not message.thinking:
            self.shown(message)
        return message

    def tell(self, event: str, message: Message) -> None:
        """Tell the bot of a message, if it hears it."""
        if message.private or not self.hears:
            return

        def made(session: Session) -> Json:
            return message.as_json(full=self._readable(session, message)) | self._from(message)

        self.world.gateway.emit(event, made, self.intent, self.guild)

    @property
    def hears(self) -> bool:
        """Whether the bot is told of messages here."""
        return self.guild is not None and self.guild.has_bot and self.may(self.world.bot, VIEW)

    @property
    def intent(self) -> Intent:
        """The intent for messages here."""
        return Intent.GUILD_MESSAGES

    def _readable(self, session: Session, message: Message) -> bool:
        own = message.author is self.world.bot or self.world.bot in message.mentioned
        return own or self.guild is None or bool(session.intents & Intent.MESSAGE_CONTENT)

    def _from(self, message: Message) -> Json:
        if self.guild is None:
            return {}
        member = self.guild.member_json(message.author)
        return {"guild_id": str(self.guild.id), "member": {k: v for k, v in member.items() if k != "user"}}

    def said_deleted(self, message: Message) -> None:
        """A message is gone."""
        message.deleted = True
        if not message.private and self.hears:
            gone = {"id": str(message.id)} | self.where()
            self.world.gateway.emit("MESSAGE_DELETE", gone, self.intent, self.guild)
        self.world.beat()

    def allow(self, whom: Role | User, permissions: Permission) -> None:
        """Allow somebody something here."""
        self.allowed[whom.id] = self.allowed.get(whom.id, NOTHING) | permissions
        self.denied[whom.id] = self.denied.get(whom.id, NOTHING) & ~permissions
        self.changed()

    def deny(self, whom: Role | User, permissions: Permission = EVERYTHING) -> None:
        """Deny somebody something here."""
        self.denied[whom.id] = self.denied.get(whom.id, NOTHING) | permissions
        self.allowed[whom.id] = self.allowed.get(whom.id, NOTHING) & ~permissions
        self.changed()

    def changed(self, event: str = "CHANNEL_UPDATE") -> None:
        """Tell the bot of the channel itself."""
        if self.guild is not None and self.guild.has_bot:
            self.world.gateway.emit(event, self.as_json(), Intent.GUILDS, self.guild)

    def delete(self) -> None:
        """Somebody deletes the channel, with its threads."""
        for thread in self.threads:
            thread.deleted = True
        self.deleted = True
        self.changed("CHANNEL_DELETE")

    @property
    def threads(self) -> "list[Channel]":
        """The threads that are here."""
        found = self.guild.channels if self.guild else []
        return [channel for channel in found if getattr(channel, "parent", None) is self]
