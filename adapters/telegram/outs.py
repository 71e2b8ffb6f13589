"""What goes out to Telegram: messages as data, before they are sent."""

from dataclasses import dataclass, field

from adapters.telegram.spans import Styled
from bot.reply import File, Picture


@dataclass(frozen=True, slots=True)
class Key:
    """A key under a message: it carries data, or opens an address."""

    label: str
    data: str = ""
    url: str = ""


Keys = tuple[tuple[Key, ...], ...]


@dataclass(slots=True)
class Words:
    """A text message; `pages` of it where it is too long for one."""

    pages: list[Styled]
    keys: Keys = ()


@dataclass(slots=True)
class Photo:
    """A drawing with the words that say the same."""

    picture: Picture
    keys: Keys = ()


@dataclass(slots=True)
class Document:
    """A file."""

    file: File
    keys: Keys = ()


@dataclass(slots=True)
class Ballot:
    """A quiz poll. `lines` are what its options say; `words` stand in where a poll may not be sent.

    `seconds`: for how long it takes votes; 0 where that has no end.
    """

    question: str
    options: tuple[str, ...]
    lines: tuple[str, ...]
    right: int
    because: Styled
    words: Words
    before: Styled = field(default_factory=Styled)
    keys: Keys = ()
    seconds: int = 0


Out = Words | Photo | Document | Ballot
