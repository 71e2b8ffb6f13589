"""A pressed button and an inline query: what a person waits for an answer to, within a deadline."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.telegram_message import Message
from tests.fakes.telegram_model import Button, Json, User
from tests.fakes.telegram_world import PATIENCE, World

if TYPE_CHECKING:
    from tests.fakes.telegram_chats import Chat


@dataclass(eq=False)
class Query:
    """Something to be answered once. `took`: the seconds until the answer came."""

    world: World
    id: str
    user: User
    at: float = field(default_factory=time.monotonic)
    took: float | None = None

    @property
    def answered(self) -> bool:
        """Whether the bot has answered."""
        return self.took is not None

    @property
    def open(self) -> bool:
        """Whether it may still be answered."""
        return self.took is None and time.monotonic() - self.at < self.world.query_lifetime

    def close(self) -> None:
        """The answer came."""
        self.took = time.monotonic() - self.at


@dataclass(eq=False)
class Press(Query):
    """A press on a button, with what the bot answered it: `text` is shown for a moment, or as an alert."""

    button: Button = field(default_factory=lambda: Button(""))
    text: str = ""
    alert: bool = False
    url: str = ""

    async def answer(self, within: float = PATIENCE) -> "Press":
        """Wait for the answer."""
        return await self.world.until(
            lambda: self if self.answered else None, within=within, what=f"an answer to {self.button.text!r}"
        )


@dataclass(eq=False)
class InlineQuery(Query):
    """What somebody typed after the bot's name, with the results offered (InlineQueryResult as sent)."""

    query: str = ""
    results: list[Json] = field(default_factory=list)
    next_offset: str = ""
    button: Json | None = None
    cache_time: int = 300
    personal: bool = False

    @property
    def titles(self) -> list[str]:
        """The titles of the results, in order."""
        return [result["title"] for result in self.results]

    async def answer(self, within: float = PATIENCE) -> "InlineQuery":
        """Wait for the results."""
        return await self.world.until(
            lambda: self if self.answered else None, within=within, what=f"results for {self.query!r}"
        )

    def pick(self, number: int, chat: "Chat") -> Message:
        """Send a result into a chat, as a person does by tapping it."""
        result = self.results[number]
        content = result["input_message_content"]
        rows = [
            [Button.read(button) for button in row] for row in result.get("reply_markup", {}).get("inline_keyboard", [])
        ]
        message = chat.add(
            self.user,
            text=content["message_text"],
            entities=content.get("entities", []),
            rows=rows,
            via_bot=self.world.bot,
        )
        if rows:
            message.inline_id = f"inline{self.world.number()}"
            self.world.inline_messages[message.inline_id] = message
        chat.tell(message)
        return message
