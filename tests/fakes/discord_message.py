"""A message as it is shown now, and what a person can find in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.fakes.discord_components import SELECTS, walk
from tests.fakes.discord_model import COMPONENTS_V2, EPHEMERAL, LOADING, Attachment, Button, Json, User
from tests.fakes.discord_rules import readable

if TYPE_CHECKING:
    from tests.fakes.discord_channel import Channel
    from tests.fakes.discord_interaction import Interaction


@dataclass(eq=False)
class Message:
    """A message. `only_for`: whom an ephemeral one is shown to. `thinking`: a deferred answer that is not there yet."""

    channel: "Channel"
    id: int
    author: User
    at: float
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    flags: int = 0
    reply_to: "Message | None" = None
    nonce: str | int | None = None
    pings: list[str] = field(default_factory=list)  # `<@5>`, `<@&6>`, `@everyone`: who is notified
    mentioned: list[User] = field(default_factory=list)
    mentioned_roles: list[int] = field(default_factory=list)
    interaction: "Interaction | None" = None  # it answers
    only_for: User | None = None
    thinking: bool = False
    deleted: bool = False
    versions: int = 1
    thread: "Channel | None" = None
    system: bool = False

    @property
    def text(self) -> str:
        """All there is to read: content, embeds, text displays, line by line."""
        return readable(self.content, self.embeds, self.components)

    @property
    def private(self) -> bool:
        """Whether only one person sees it."""
        return self.only_for is not None

    @property
    def rows(self) -> list[list[Button]]:
        """The buttons, row by row; the button of a section is a row of its own."""
        found = []
        for component in walk(self.components):
            if component["type"] == 1:
                found.append([Button.read(inside) for inside in component["components"] if inside["type"] == 2])
            elif component["type"] == 9 and component["accessory"]["type"] == 2:
                found.append([Button.read(component["accessory"])])
        return [row for row in found if row]

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons (the emoji, where there is no label)."""
        return [button.label or button.emoji for row in self.rows for button in row]

    @property
    def selects(self) -> list[Json]:
        """The select menus, as the bot described them."""
        return [component for component in walk(self.components) if component["type"] in SELECTS]

    def button(self, wanted: str) -> Button | None:
        """The button of that label, emoji or custom_id."""
        for row in self.rows:
            for button in row:
                if wanted in (button.label, button.custom_id, button.emoji, f"{button.emoji} {button.label}"):
                    return button
        return None

    def select(self, value: str) -> Json | None:
        """The first menu that offers an option of that value or label; menus of users and roles offer any."""
        for menu in self.selects:
            offered = [word for option in menu.get("options") or [] for word in (option["value"], option["label"])]
            if "options" not in menu or value in offered:
                return menu
        return None

    def seen_by(self, viewer: User | None) -> bool:
        """Whether somebody sees it (None: everybody in the channel)."""
        return not self.deleted and not self.thinking and (self.only_for is None or self.only_for is viewer)

    def as_json(self, *, full: bool = True, nested: bool = True) -> Json:
        """A Message. `full` false: to a bot that may not read it. `nested`: with the message it answers."""
        made: Json = {"id": str(self.id), "channel_id": str(self.channel.id), "author": self.author.as_json()}
        made |= {"type": 0 if self.reply_to is None else 19, "timestamp": _iso(self.at), "tts": False, "pinned": False}
        made |= {"edited_timestamp": _iso(self.at) if self.versions > 1 else None, "flags": self._flags()}
        made |= {"mention_everyone": "@everyone" in self.pings, "mention_roles": [str(r) for r in self.mentioned_roles]}
        made |= {"mentions": [user.as_json() for user in self.mentioned]}
        made |= {"content": self.content if full else ""}
        made |= {"embeds": self.embeds if full else [], "components": self.components if full else []}
        made |= {"attachments": [file.as_json() for file in self.files] if full else []}
        if self.nonce is not None:
            made["nonce"] = self.nonce
        if self.reply_to is not None:
            made["message_reference"] = {"type": 0, "message_id": str(self.reply_to.id)} | self.channel.where()
            gone = self.reply_to.deleted or not nested
            made["referenced_message"] = None if gone else self.reply_to.as_json(nested=False)
        if self.interaction is not None:
            made |= self.interaction.in_message()
        if self.thread is not None:
            made["thread"] = self.thread.as_json()
        return made

    def _flags(self) -> int:
        return self.flags | (EPHEMERAL if self.private else 0) | (LOADING if self.thinking else 0)

    @property
    def modern(self) -> bool:
        """Whether it is made of Components V2."""
        return bool(self.flags & COMPONENTS_V2)


def numbered(components: Sequence[Json]) -> list[Json]:
    """The components as Discord keeps them: each with a number."""
    made: list[Json] = [_copy(component) for component in components]
    taken = {component["id"] for component in walk(made) if component.get("id")}
    number = 0
    for component in walk(made):
        if not component.get("id"):
            number = next(n for n in range(number + 1, number + 999) if n not in taken)
            component["id"] = number
    return made


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copy(inner) for name, inner in value.items() if inner is not None}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()
