"""Where in Telegram something is said: a chat, and perhaps a topic of it."""

from dataclasses import dataclass, replace
from typing import Self

from telegram import Chat
from telegram.constants import ChatType

from bot.ask import Account, Place
from bot.port import Gone

PLATFORM = "telegram"


@dataclass(frozen=True, slots=True)
class Spot:
    """A chat by its id; a private chat has the id of its person. `thread`: a topic of it."""

    chat: int
    thread: int | None = None
    private: bool = False

    @property
    def place(self) -> Place:
        """The place as the core knows it; the topics of a private chat are one place."""
        if self.private:
            return Place(PLATFORM)
        return Place(PLATFORM, str(self.chat), str(self.thread) if self.thread else "")

    @property
    def person(self) -> Account | None:
        """Whose private chat it is."""
        return Account(PLATFORM, str(self.chat)) if self.private else None

    @classmethod
    def of(cls, place: Place, account: Account | None) -> Self:
        """The spot of a place; raises Gone where nothing can be such a place."""
        private = place.private
        try:
            chat = int(account.id if private and account else place.chat)
            return cls(chat, int(place.thread) if place.thread and not private else None, private)
        except ValueError:
            raise Gone("no such chat") from None

    @classmethod
    def here(cls, chat: Chat, thread: int | None) -> Self:
        """The spot of a message's chat and topic."""
        return cls(chat.id, thread, chat.type == ChatType.PRIVATE)

    def moved(self, chat: int) -> "Spot":
        """The same under the chat's new id."""
        return replace(self, chat=chat)
