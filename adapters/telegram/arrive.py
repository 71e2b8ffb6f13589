"""From a message to the line it says to us, if it says anything to us."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

GREETING = "/start"
HELP = "/help"


@dataclass(frozen=True, slots=True)
class Ours:
    """What is ours: the bot's user, and the names of the commands that people type."""

    me: User
    names: Collection[str]

    def line(self, message: Message) -> str | None:
        """The line of a message; None where it is not for us. "" is a private message without words."""
        text = (message.text or message.caption or "").strip()
        private = message.chat.type == ChatType.PRIVATE
        if text.startswith("/"):
            return self._command(text, private)
        if private:
            return text
        if (said := self._mentioned(message)) is not None:
            return self._command(said, True) if said.startswith("/") else said or HELP
        return text if text and self._answered(message) else None

    def _command(self, text: str, private: bool) -> str | None:
        """`/next@ourbot 20` -> `/next 20`; a group's bare command of another bot is not ours."""
        head = text.split(maxsplit=1)[0]
        name, at, bot = head[1:].partition("@")
        if at and bot.casefold() != (self.me.username or "").casefold():
            return None
        if not at and not private and name.casefold() not in self.names:
            return None
        return f"/{name}{text[len(head) :]}"

    def _mentioned(self, message: Message) -> str | None:
        """The words of a message that mentions us, without the mention."""
        ours = f"@{self.me.username}".casefold()
        entities = message.parse_entities() if message.text else message.parse_caption_entities()
        if not any(_names(entity, shown, ours, self.me.id) for entity, shown in entities.items()):
            return None
        text = message.text or message.caption or ""
        return re.sub(rf"(?i)\s*{re.escape(ours)}\b[,:]?[ \t]*", " ", text, count=1).strip()

    def _answered(self, message: Message) -> bool:
        """Whether it answers a message of ours; the head of a topic we opened counts for none."""
        above = message.reply_to_message
        if above is None or above.from_user is None or above.forum_topic_created is not None:
            return False
        return above.from_user.id == self.me.id


def _names(entity: MessageEntity, shown: str, ours: str, me: int) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me
    return entity.type == MessageEntity.MENTION and shown.casefold() == ours
