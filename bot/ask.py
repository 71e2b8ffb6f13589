"""An Ask is a line together with who said it, where, in which role and when."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

MAX_NAME = 64
"""Characters of a shown name that are kept."""


class Role(IntEnum):
    """What somebody may do: `ADMIN` of that group, `OWNER` who hosts, `HOUSE` the clock and platform events."""

    MEMBER = 1
    ADMIN = 2
    OWNER = 3
    HOUSE = 4


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody on one platform; `id` is the platform's own and never changes, `name` is what others see."""

    platform: str
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said: a private chat (no `chat`), or a group and perhaps a thread of it."""

    platform: str
    chat: str = ""
    thread: str = ""

    @property
    def private(self) -> bool:
        """Whether only one person and the bot are here."""
        return not self.chat


@dataclass(frozen=True, slots=True)
class Ask:
    """A line, who said it, where, as what and when (`now` carries its offset)."""

    text: str
    account: Account
    place: Place
    now: datetime
    role: Role = Role.MEMBER
    language: str = "en"

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("an Ask's instant needs an offset")


_HIDDEN = frozenset({"Cc", "Cs", "Cf"})
_JOINERS = frozenset("\u200c\u200d")
"""Zero-width (non-)joiners build letters of several scripts and many emoji; other format characters only hide."""


def clean(text: str) -> str:
    """Text that every store and platform can hold: no NUL, control or direction marks, no half characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_kept(char) for char in unicodedata.normalize("NFC", text))


def _kept(char: str) -> str:
    if char in "\n\t" or char in _JOINERS:
        return char
    if char == "\r":
        return "\n"
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    return "" if category in _HIDDEN else char


def is_blank(text: str) -> bool:
    """Whether there is nothing to answer: only white space, not even a control character."""
    return all(char.isspace() and not "\x1c" <= char <= "\x1f" for char in text)
