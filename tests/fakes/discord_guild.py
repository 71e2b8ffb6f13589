"""A server: its channels, roles and people, whether the bot is in it, and who may do what."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.fakes.discord_channel import Channel
from tests.fakes.discord_model import EVERYDAY, EVERYTHING, NOTHING, Json, Permission, Role, User
from tests.fakes.discord_session import Intent
from tests.fakes.discord_thread import Thread
from tests.fakes.discord_world import World

if TYPE_CHECKING:
    from tests.fakes.discord_person import Person

# What a message that cannot be sent cannot carry either.
WITH_SENDING = Permission.EMBED_LINKS | Permission.ATTACH_FILES | Permission.MENTION_EVERYONE
EMPTY = ("emojis", "stickers", "features", "presences", "voice_states", "stage_instances", "guild_scheduled_events")


class Guild:
    """A server. `has_bot`: the bot is in it."""

    def __init__(self, world: World, name: str, owner: "Person", *, number: int | None = None) -> None:
        self.world = world
        self.id = number or world.number()
        self.name = name
        self.owner = owner
        self.locale = "en-US"
        self.has_bot = False
        self.everyone = Role(self.id, "@everyone", EVERYDAY, position=0)
        self.roles: dict[int, Role] = {self.id: self.everyone}
        self.bot_role: Role | None = None
        self.people: list[User] = []
        self.nicks: dict[int, str] = {}
        self._worn: dict[int, set[int]] = {}  # roles by user
        world.guilds[self.id] = self
        self.join(owner)

    @property
    def channels(self) -> list[Channel]:
        """Channels and threads that are there."""
        return [found for found in self.world.channels.values() if found.guild is self and not found.deleted]

    def join(self, *people: User) -> None:
        """People join."""
        for person in people:
            self.people.append(person)
            self._worn.setdefault(person.id, set())
            if self.has_bot:
                told = self.member_json(person) | {"guild_id": str(self.id)}
                self.world.gateway.emit("GUILD_MEMBER_ADD", told, Intent.GUILD_MEMBERS, self)

    def quit(self, person: User) -> None:
        """Somebody leaves."""
        self.people.remove(person)
        if self.has_bot:
            told = {"guild_id": str(self.id), "user": person.as_json()}
            self.world.gateway.emit("GUILD_MEMBER_REMOVE", told, Intent.GUILD_MEMBERS, self)

    def add_bot(self, permissions: Permission = NOTHING) -> None:
        """The bot is invited, with those permissions in a role of its own."""
        self.has_bot = True
        self.bot_role = Role(self.world.number(), self.world.bot.name, permissions, managed=True, position=2)
        self.roles[self.bot_role.id] = self.bot_role
        self.people.append(self.world.bot)
        self._worn[self.world.bot.id] = {self.bot_role.id}
        self.world.gateway.emit("GUILD_CREATE", self.as_json(), Intent.GUILDS, self)

    def remove_bot(self) -> None:
        """The bot is removed."""
        self.has_bot = False
        self.people.remove(self.world.bot)
        if self.bot_role is not None:
            self.roles.pop(self.bot_role.id, None)
        self.world.gateway.emit("GUILD_DELETE", {"id": str(self.id)}, Intent.GUILDS, self)

    def outage(self, *, over: bool = False) -> None:
        """The server is not available for a while."""
        gone: Json = {"id": str(self.id), "unavailable": True}
        self.world.gateway.emit(
            *(("GUILD_CREATE", self.as_json()) if over else ("GUILD_DELETE", gone)), Intent.GUILDS, self
        )

    def channel(self, name: str) -> Channel:
        """A new text channel."""
        made = Channel(self.world, name, self)
        made.changed("CHANNEL_CREATE")
        return made

    def role(self, name: str, permissions: Permission = NOTHING, *, mentionable: bool = False) -> Role:
        """A new role."""
        made = Role(self.world.number(), name, permissions, mentionable)
        self.roles[made.id] = made
        self._roles_changed("GUILD_ROLE_CREATE", {"role": made.as_json()})
        return made

    def delete_role(self, role: Role) -> None:
        """A role is deleted."""
        del self.roles[role.id]
        for worn in self._worn.values():
            worn.discard(role.id)
        self._roles_changed("GUILD_ROLE_DELETE", {"role_id": str(role.id)})

    def set_role(self, role: Role, permissions: Permission) -> None:
        """What a role may do is changed; `everyone` and `bot_role` too."""
        role.permissions = permissions
        self._roles_changed("GUILD_ROLE_UPDATE", {"role": role.as_json()})

    def _roles_changed(self, event: str, told: Json) -> None:
        if self.has_bot:
            self.world.gateway.emit(event, {"guild_id": str(self.id)} | told, Intent.GUILDS, self)

    def give(self, person: User, role: Role) -> None:
        """Somebody gets a role."""
        self._worn[person.id].add(role.id)

    def take(self, person: User, role: Role) -> None:
        """Somebody loses a role."""
        self._worn[person.id].discard(role.id)

    def permissions(self, user: User, channel: Channel | None = None) -> Permission:
        """What somebody may do, in a channel with its overwrites; nothing without being a member."""
        if user not in self.people:
            return NOTHING
        worn = [self.roles[number] for number in self._worn[user.id] if number in self.roles]
        has = self.everyone.permissions
        for role in worn:
            has |= role.permissions
        if user is self.owner or has & Permission.ADMINISTRATOR:
            return EVERYTHING
        if channel is None:
            return has
        for numbers in ([self.id], [role.id for role in worn], [user.id]):
            for number in numbers:
                has &= ~channel.denied.get(number, NOTHING)
            for number in numbers:
                has |= channel.allowed.get(number, NOTHING)
        if not has & Permission.VIEW_CHANNEL:
            return NOTHING
        return has if has & Permission.SEND_MESSAGES else has & ~WITH_SENDING

    def member_json(self, user: User) -> Json:
        """A GuildMember."""
        worn = [str(number) for number in self._worn.get(user.id, ())]
        made: Json = {
            "user": user.as_json(),
            "nick": self.nicks.get(user.id),
            "roles": worn,
            "avatar": None,
            "flags": 0,
        }
        made |= {"joined_at": datetime.fromtimestamp(self.world.clock(), UTC).isoformat(), "deaf": False, "mute": False}
        return made | {"premium_since": None, "pending": False, "communication_disabled_until": None, "banner": None}

    def as_json(self) -> Json:
        """A Guild, as GUILD_CREATE brings it."""
        threads = [
            channel.as_json() for channel in self.channels if isinstance(channel, Thread) and not channel.archived
        ]
        channels = [channel.as_json() for channel in self.channels if not isinstance(channel, Thread)]
        made: Json = {"id": str(self.id), "name": self.name, "owner_id": str(self.owner.id), "unavailable": False}
        made |= {"roles": [role.as_json() for role in self.roles.values()], "channels": channels, "threads": threads}
        made |= {"members": [self.member_json(self.world.bot)], "member_count": len(self.people), "large": False}
        made |= {name: [] for name in EMPTY}
        made |= dict.fromkeys(("verification_level", "explicit_content_filter", "mfa_level", "nsfw_level"), 0)
        made |= {"default_message_notifications": 1, "system_channel_flags": 0, "premium_tier": 0, "icon": None}
        made |= {"preferred_locale": self.locale, "afk_timeout": 300, "premium_progress_bar_enabled": False}
        return made | {"joined_at": datetime.fromtimestamp(self.world.clock(), UTC).isoformat()}
