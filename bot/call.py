"""A Call is a command's name and its words; a line is how it is typed, or carried by a button."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Self

MAX_LINE = 8_000
"""Characters of the longest line that is read; more is politely refused."""

_KEY = re.compile(r"[\w-]+(?==)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"(?=\s|$)|“([^”]*+)”(?=\s|$)', re.DOTALL)
_BARE = re.compile(r"\S+")
_GAP = re.compile(r"\s+")
_ESCAPED = re.compile(r'\\(["\\])')


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line: `text`, or `key=text`; `gap` is the white space that stood before it."""

    text: str
    key: str = ""
    quoted: bool = False
    gap: str = " "

    def written(self) -> str:
        """The word as it stands in a line, in quotes where it would be read as something else."""
        prefix = f"{self.key}=" if self.key else ""
        return prefix + (_quote(self.text) if self.quoted or _needs_quotes(self) else self.text)


def _needs_quotes(word: Word) -> bool:
    text = word.text
    if not text:
        return not word.key
    return bool(_GAP.search(text)) or text[0] in '"“' or (not word.key and bool(_KEY.match(text)))


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@dataclass(frozen=True, slots=True)
class Call:
    """A command's name and its words, in order, whether they came by position or as key=value."""

    name: str
    words: tuple[Word, ...] = ()

    @classmethod
    def of(cls, name: str, *texts: object, **named: object) -> Self:
        """A call made by the program: `Call.of("path", route="beginner")`."""
        words = [Word(str(text)) for text in texts]
        words += [Word(str(text), key.replace("_", "-")) for key, text in named.items()]
        return cls(name, tuple(words))

    @classmethod
    def parse(cls, line: str, keys: Collection[str] = ()) -> Self:
        """Reads a line. `key=value` counts only where `keys` names the key; quotes group when they are closed."""
        head = _BARE.match(line)
        if head is None or not line.startswith("/"):
            raise ValueError("a line begins with / and a command's name")
        words = []
        at = head.end()
        while (gap := _GAP.match(line, at)) and gap.end() < len(line):
            word, at = _read(line, gap.end(), keys)
            words.append(replace(word, gap=gap.group()))
        return cls(head.group()[1:], tuple(words))

    @property
    def line(self) -> str:
        """The line that says this call; `parse` reads it back without loss."""
        return f"/{self.name}" + "".join(word.gap + word.written() for word in self.words)

    @property
    def named(self) -> Mapping[str, str]:
        """The words that came as key=value; of a key given twice the last counts."""
        return {word.key: word.text for word in self.words if word.key}

    @property
    def texts(self) -> tuple[str, ...]:
        """The words that came by position."""
        return tuple(word.text for word in self.words if not word.key)

    def saying(self, key: str, value: str) -> "Call":
        """This call with one more word by name, in place of an earlier one of that name."""
        kept = tuple(word for word in self.words if word.key != key)
        return replace(self, words=(*kept, Word(value, key)))


def _read(line: str, at: int, keys: Collection[str]) -> tuple[Word, int]:
    """The word that starts at `at`, and where it ends."""
    key = ""
    if (found := _KEY.match(line, at)) and found.group().lower() in keys:
        key, at = found.group().lower(), found.end() + 1
    if quoted := _QUOTED.match(line, at):
        escaped, curly = quoted.groups()
        text = curly if escaped is None else _ESCAPED.sub(r"\1", escaped)
        return Word(text, key, quoted=True), quoted.end()
    bare = _BARE.match(line, at)
    if bare is None:
        return Word("", key), at
    return Word(bare.group(), key), bare.end()


def free_text(words: tuple[Word, ...]) -> str:
    """What several words say as running text: white space, quotes and signs as they were typed."""
    if len(words) == 1:
        return words[0].text
    return "".join(word.gap + (word.written() if word.quoted else word.text) for word in words).strip()
