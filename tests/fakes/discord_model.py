"""The nouns of the made Discord: users, roles and permissions, uploaded files, modals."""

from dataclasses import dataclass
from enum import IntFlag
from typing import Any

Json = dict[str, Any]

EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15  # flags of a message
SUPPRESS_EMBEDS, SILENT = 1 << 2, 1 << 12


class Permission(IntFlag):
    """The permissions that matter to Cairn, by Discord's bits."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EXTERNAL_APPS = 1 << 50


NOTHING = Permission(0)
EVERYTHING = Permission((1 << 51) - 1)
EVERYDAY = (  # what @everyone has in a new server
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.USE_EXTERNAL_APPS
)


@dataclass(eq=False)
class User:
    """An account, person or bot."""

    id: int
    name: str
    display: str | None = None
    locale: str = "en-US"
    is_bot: bool = False

    @property
    def mention(self) -> str:
        """The user in a text."""
        return f"<@{self.id}>"

    def as_json(self) -> Json:
        """A User."""
        made: Json = {"id": str(self.id), "username": self.name.lower().replace(" ", "_"), "discriminator": "0"}
        made |= {"global_name": None if self.is_bot else self.display or self.name, "avatar": None, "public_flags": 0}
        return made | ({"bot": True} if self.is_bot else {})


@dataclass(eq=False)
class Role:
    """A role of a server."""

    id: int
    name: str
    permissions: Permission = NOTHING
    mentionable: bool = False
    managed: bool = False
    position: int = 1

    @property
    def mention(self) -> str:
        """The role in a text."""
        return f"<@&{self.id}>"

    def as_json(self) -> Json:
        """A Role."""
        colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        made: Json = {"id": str(self.id), "name": self.name, "color": 0, "colors": colors, "hoist": False, "flags": 0}
        made |= {
            "icon": None,
            "unicode_emoji": None,
            "position": self.position,
            "permissions": str(int(self.permissions)),
        }
        return made | {"managed": self.managed, "mentionable": self.mentionable}


@dataclass(frozen=True)
class Upload:
    """A file as it came in a request."""

    content: bytes
    name: str
    mime: str


@dataclass(eq=False)
class Attachment:
    """A file in a message."""

    id: int
    upload: Upload
    url: str
    description: str | None = None

    @property
    def name(self) -> str:
        """The file's name."""
        return self.upload.name

    @property
    def content(self) -> bytes:
        """The bytes."""
        return self.upload.content

    def as_json(self) -> Json:
        """An Attachment."""
        made: Json = {"id": str(self.id), "filename": self.name, "size": len(self.content), "url": self.url}
        made |= {"proxy_url": self.url, "content_type": self.upload.mime}
        return made | ({"description": self.description} if self.description else {})


@dataclass(frozen=True)
class Button:
    """A button: one of `custom_id` and `url`."""

    label: str
    custom_id: str | None = None
    url: str | None = None
    style: int = 2
    disabled: bool = False
    emoji: str = ""

    @classmethod
    def read(cls, sent: Json) -> "Button":
        """A button component."""
        emoji = (sent.get("emoji") or {}).get("name", "")
        return cls(
            sent.get("label") or "",
            sent.get("custom_id"),
            sent.get("url"),
            sent["style"],
            bool(sent.get("disabled")),
            emoji,
        )
