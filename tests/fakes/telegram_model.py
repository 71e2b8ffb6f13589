"""What the made Telegram holds: users, polls, buttons, files, as state and as the JSON the Bot API sends."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram_facts import Upload

Json = dict[str, Any]


@dataclass(eq=False)
class User:
    """Somebody on Telegram, person or bot. `met`: the bot has seen them; else their id means nothing to it."""

    id: int
    first_name: str
    username: str | None = None
    language: str | None = None
    is_bot: bool = False
    met: bool = False
    deactivated: bool = False

    def as_json(self) -> Json:
        """A User."""
        made: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        made |= {"username": self.username} if self.username else {}
        return made | ({"language_code": self.language} if self.language else {})


@dataclass(frozen=True)
class Channel:
    """A channel somebody speaks as."""

    id: int
    title: str
    username: str | None = None

    def as_json(self) -> Json:
        """A Chat."""
        return {"id": self.id, "type": "channel", "title": self.title} | (
            {"username": self.username} if self.username else {}
        )


@dataclass(frozen=True)
class Button:
    """A button under a message: one of `data`, `url` and `rest` (what else it does)."""

    text: str
    data: str | None = None
    url: str | None = None
    rest: Json = field(default_factory=dict)

    @classmethod
    def read(cls, sent: Json) -> "Button":
        """An InlineKeyboardButton."""
        rest = {name: value for name, value in sent.items() if name not in ("text", "callback_data", "url")}
        return cls(sent["text"], sent.get("callback_data"), sent.get("url"), rest)

    def as_json(self) -> Json:
        """An InlineKeyboardButton."""
        made: Json = {"text": self.text}
        made |= {"callback_data": self.data} if self.data is not None else {}
        return made | ({"url": self.url} if self.url is not None else {}) | self.rest


@dataclass(frozen=True)
class File:
    """A file that Telegram keeps: what was uploaded, under its id."""

    id: str
    path: str
    upload: Upload
    width: int = 0
    height: int = 0

    @property
    def content(self) -> bytes:
        """The bytes."""
        return self.upload.content

    @property
    def name(self) -> str:
        """The file's name."""
        return self.upload.name

    def as_json(self) -> Json:
        """What File, Document and PhotoSize have in common."""
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.content)}


@dataclass(eq=False)
class Poll:
    """A poll, with who voted for what (option numbers, from 0)."""

    id: str
    question: str
    options: Sequence[str]
    sent: Json
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)
    closed: bool = False

    @property
    def quiz(self) -> bool:
        """Whether there is a right answer."""
        return bool(self.sent.get("type") == "quiz")

    @property
    def anonymous(self) -> bool:
        """Whether the bot is not told who voted."""
        return bool(self.sent.get("is_anonymous", True))

    @property
    def correct(self) -> list[int]:
        """The numbers of the right options."""
        return list(self.sent.get("correct_option_ids", ()))

    @property
    def explanation(self) -> str | None:
        """What a quiz shows after a vote."""
        return self.sent.get("explanation")

    @property
    def revoting(self) -> bool:
        """Whether a vote may be changed."""
        return bool(self.sent.get("allows_revoting", not self.quiz))

    def as_json(self) -> Json:
        """A Poll, as its sender sees it."""
        given = [option for vote in self.votes.values() for option in vote]
        options = [
            {"persistent_id": f"o{number}", "text": text, "voter_count": given.count(number)}
            for number, text in enumerate(self.options)
        ]
        made: Json = {"id": self.id, "question": self.question, "options": options, "is_closed": self.closed}
        made |= {"total_voter_count": len(self.votes), "is_anonymous": self.anonymous, "members_only": False}
        made |= {"type": "quiz" if self.quiz else "regular", "allows_revoting": self.revoting}
        made["allows_multiple_answers"] = bool(self.sent.get("allows_multiple_answers", False))
        extra = ("question_entities", "correct_option_ids", "explanation", "explanation_entities", "open_period")
        return made | {name: self.sent[name] for name in (*extra, "close_date") if name in self.sent}
