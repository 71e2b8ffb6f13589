"""Which words are spelt rightly: a general English list and the technical terms that the content keeps in words.txt.

The general list is that of pyspellchecker (MIT licence, 160,000 words). `words.txt` in the content folder holds one
word a line: in lower case it may also begin a sentence; with capitals it is right only so.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from spellchecker import SpellChecker

_AROUND = "\"'“”‘’()[]{}<>,;:.!?*…|"
_PARTS = re.compile(r"[-–—/…+&|]")
_NO_WORD = re.compile(r"[\d_@=\\$%#~^`<>(){}\[\]]|\w[.:]\w|\.\.|^\W*[./]\w")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OWNER = re.compile(r"['’]s$|(?<=s)['’]$")
_NAME = re.compile(r"[A-Z]{2}|[a-z][A-Z]")
"""Acronyms and names with capitals inside (TTLs, PostgreSQL, gRPC), which no list can hold."""


@dataclass(frozen=True)
class Lexicon:
    """The words of a content folder, on top of the general ones."""

    own: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, folder: Path) -> "Lexicon":
        """The lexicon with the folder's words.txt, if it has one; `#` begins a comment."""
        file = folder / "words.txt"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return cls(frozenset(word for line in lines if (word := line.partition("#")[0].strip())))

    def knows(self, word: str) -> bool:
        """Whether a word is spelt rightly."""
        plain = _OWNER.sub("", word).replace("’", "'")
        return plain in self.own or plain.lower() in self.own or _is_english(plain)

    def nearest(self, word: str) -> str | None:
        """A known word one letter away, if there is one."""
        found = _english().correction(word.lower())
        return found if found != word.lower() else None


def words(text: str) -> Iterator[str]:
    """The words of a line that can be judged: no identifiers, addresses, paths, file names, acronyms."""
    for chunk in text.split():
        bare = chunk.strip(_AROUND)
        if not bare or (_NO_WORD.search(chunk.strip("\"'“”‘’(),;:!?*")) and _NO_WORD.search(bare)):
            continue
        for part in _PARTS.split(bare):
            yield from (word for word in _WORD.findall(part) if len(word) > 1 and not _NAME.search(word))


@cache
def _is_english(word: str) -> bool:
    """Whether the general list holds a word, with or without its accents."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    return bool(_english().known([word, bare]))


@cache
def _english() -> SpellChecker:
    return SpellChecker(language="en", distance=1)
