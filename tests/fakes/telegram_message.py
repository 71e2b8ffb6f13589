"""A message as a chat shows it, and as the Bot API sends it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.telegram_model import Button, File, Json, Poll, User
from tests.fakes.telegram_text import Entity, as_html

if TYPE_CHECKING:
    from tests.fakes.telegram_chats import Chat


@dataclass(eq=False)
class Message:
    """A message as a chat shows it now: an edit changes it, `versions` counts them."""

    chat: "Chat"
    id: int
    date: int
    sender: User
    sender_chat: "Json | None" = None
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    photo: File | None = None
    document: File | None = None
    location: Json | None = None
    poll: Poll | None = None
    rows: list[list[Button]] = field(default_factory=list)
    keyboard: Json | None = None  # a reply keyboard, its removal, or a forced reply
    reply_to: "Message | None" = None
    thread: int | None = None
    versions: int = 1
    deleted: bool = False
    inline_id: str | None = None  # of a message that came by inline mode
    via_bot: User | None = None
    preview: Json | None = None
    service: Json = field(default_factory=dict)
    delivered: bool = True  # whether the bot was told of it

    @property
    def buttons(self) -> list[str]:
        """The texts of all inline buttons, row by row."""
        return [button.text for row in self.rows for button in row]

    @property
    def html(self) -> str:
        """The text or caption with its entities as tags."""
        return as_html(self.text, self.entities)

    @property
    def has_media(self) -> bool:
        """Whether the text is a caption."""
        return self.photo is not None or self.document is not None

    def button(self, wanted: str) -> Button | None:
        """The button of that text, or of that data."""
        flat = [button for row in self.rows for button in row]
        return next((button for button in flat if wanted in (button.text, button.data)), None)

    def markup(self) -> Json:
        """The inline keyboard."""
        return {"inline_keyboard": [[button.as_json() for button in row] for row in self.rows]}

    def as_json(self, *, within: bool = False) -> Json:
        """A Message; `within` another one it shows no reply of its own."""
        made: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.as_json()}
        made |= {"from": self.sender.as_json()} | ({"sender_chat": self.sender_chat} if self.sender_chat else {})
        if self.thread is not None:
            made |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.reply_to is not None and not within and not self.reply_to.deleted:
            made["reply_to_message"] = self.reply_to.as_json(within=True)
        made |= {"edit_date": self.date + self.versions - 1} if self.versions > 1 else {}
        made |= {"via_bot": self.via_bot.as_json()} if self.via_bot else {}
        made |= {"link_preview_options": self.preview} if self.preview else {}
        return made | self._content() | ({"reply_markup": self.markup()} if self.rows else {}) | self.service

    def _content(self) -> Json:
        made: Json = {}
        if self.photo is not None:
            made["photo"] = [self.photo.as_json() | {"width": self.photo.width, "height": self.photo.height}]
        if self.document is not None:
            made["document"] = self.document.as_json() | {
                "file_name": self.document.name,
                "mime_type": self.document.upload.mime,
            }
        if self.location is not None:
            made["location"] = self.location
        if self.poll is not None:
            made["poll"] = self.poll.as_json()
        words, marks = ("caption", "caption_entities") if self.has_media else ("text", "entities")
        made |= {words: self.text} if self.text else {}
        return made | ({marks: self.entities} if self.entities else {})
