"""What goes out to Discord as data: the parts of a message, before they are components."""

from dataclasses import dataclass, field

from bot.reply import File, Picture


@dataclass(frozen=True, slots=True)
class Words:
    """A text, in Discord's Markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """Something to press: it carries data, or opens an address."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """At most five buttons."""

    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """At most 25 choices, of which one is taken."""

    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A drawing."""

    picture: Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A file."""

    file: File


Part = Words | Row | Menu | Image | Document


@dataclass(slots=True)
class Sheet:
    """The parts of one message."""

    parts: list[Part] = field(default_factory=list)
