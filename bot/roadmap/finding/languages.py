"""Questions in other languages: their words and phrases become English ones, by small lexicons of our own.

A lexicon is a file in bot/roadmap/words: one entry a line, a phrase and after a tab its English (nothing, where it
says nothing); `#` begins a comment.

Top-1 on the tuning half, in percent (`make eval ARGS=steps`):

| | language | declined | all |
|---|---|---|---|
| without | 40.0 | 92.8 | 88.0 |
| with | 90.0 | 94.6 | 96.8 |
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from bot.roadmap.finding.text import SILENT, STEMMERS, listed
from bot.roadmap.names import folded

SNOWBALL = {"de": "german", "es": "spanish", "fr": "french", "hi": "", "pt": "portuguese", "ru": "russian", "zh": ""}
"""The languages, and Snowball's name of each that it can cut to stems in the letters people type."""

LATIN = ("de", "es", "fr", "hi", "pt")

_CJK = "\u3400-\u9fff"
_OTHER = re.compile(rf"[^{_CJK}\s]+")
CHINESE = re.compile(rf"[{_CJK}]")
"""A sign of Chinese."""
_CYRILLIC = re.compile(r"[а-я]")
COMPOUND = 60
"""Letters of the longest German compound that is taken apart."""
PART = 3
"""Letters of the shortest part of it."""
_JOINTS = ("", "s", "n", "es", "en")
"""What stands between the parts of a German compound."""


class Words(Protocol):
    """What is known of words: topics by their names, words of the pages, other languages."""

    @property
    def names(self) -> Mapping[str, str]:
        """Topics by their folded names."""

    @property
    def spelt(self) -> Container[str]:
        """Words of the pages."""

    @property
    def ordinary(self) -> Container[str]:
        """Other words of English, and some that only look so."""

    def lexicon(self, language: str) -> "Lexicon":
        """The lexicon of a language."""


@dataclass(frozen=True, slots=True)
class _Names:
    """Words that name a topic by themselves, and else would not be said."""

    index: Words

    def __contains__(self, word: object) -> bool:
        return word in self.index.names and word not in SILENT


class Lexicon(msgspec.Struct, frozen=True):
    """English by a phrase, and by the stems of one. `longest`: words of the longest (characters, in Chinese)."""

    language: str
    english: dict[str, str]
    stemmed: dict[str, str]
    longest: int


def read(language: str) -> Lexicon:
    """The lexicon of a language: phrases as they are written, and cut to stems; of the same stems the first counts."""
    english: dict[str, str] = {}
    for line in listed(language):
        phrase, _tab, meaning = line.partition("\t")
        english[folded(phrase)] = folded(meaning)
    english.pop("", None)
    stemmed = {_cut(key.split(), language): meaning for key, meaning in reversed(english.items())}
    sizes = map(len, english) if language == "zh" else (key.count(" ") + 1 for key in english)
    return Lexicon(language, english, stemmed if SNOWBALL[language] else {}, max(sizes, default=0))


def translated(words: Sequence[str], index: Words) -> list[str] | None:
    """The English words that folded words of another language say; None where they are no other language.

    Topics are named the same in each language.
    """
    text = " ".join(words)
    if CHINESE.search(text):
        return _chinese(text, index.lexicon("zh"))
    names = _Names(index)
    if _CYRILLIC.search(text):
        return _english(words, index.lexicon("ru"), names)[0]
    english = {word for word in words if word in SILENT or word in index.spelt}
    if english.issuperset(words):
        return None
    best: list[str] | None = None
    most = (0, 0, 0)
    for language in LATIN:
        lexicon = index.lexicon(language)
        found, covered = _english(words, lexicon, names)
        others = covered - english
        foreign = sum(word not in index.ordinary or lexicon.english.get(word) == "" for word in others)
        plain = sum(word in english and word not in covered and word not in names for word in words)
        exact = sum(word in lexicon.english for word in covered)
        if foreign and foreign >= plain and (score := (foreign, len(covered), exact)) > most:
            best, most = found, score
    return best


def _english(words: Sequence[str], lexicon: Lexicon, names: _Names) -> tuple[list[str], set[str]]:
    """The words in English, without what nobody knows; and those that the lexicon had."""
    found: list[str] = []
    covered: set[str] = set()
    at = 0
    while at < len(words):
        size, meaning = _longest(words, at, lexicon, names)
        if size:
            covered.update(words[at : at + size])
        known = words[at] in names or words[at] in names.index.spelt or words[at] in names.index.ordinary
        found += meaning.split() if size else [words[at]] if known else []
        at += size or 1
    return found, covered


def _longest(words: Sequence[str], at: int, lexicon: Lexicon, names: _Names) -> tuple[int, str]:
    """How many words from a place on are the longest phrase of a lexicon, and its English."""
    for size in range(min(lexicon.longest, len(words) - at), 0, -1):
        if size == 1 and words[at] in names:
            return 0, ""
        meaning = _meaning(words[at : at + size], lexicon)
        if meaning is not None:
            return size, meaning
    parts = _parts(words[at], lexicon) if lexicon.language == "de" else None
    return (1, " ".join(parts)) if parts else (0, "")


def _meaning(words: Sequence[str], lexicon: Lexicon) -> str | None:
    exact = lexicon.english.get(" ".join(words))
    return lexicon.stemmed.get(_cut(words, lexicon.language)) if exact is None else exact


def _parts(word: str, lexicon: Lexicon) -> list[str] | None:
    """The English of a compound's parts, the longest first part that leaves words; None where it is none."""
    known: dict[str, list[str] | None] = {}

    def parts(rest: str) -> list[str] | None:
        if rest not in known:
            known[rest] = None
            last = _meaning([rest], lexicon) if rest != word else None
            known[rest] = [last] if last else next(filter(None, map(split, _halves(rest))), None)
        return known[rest]

    def split(halves: tuple[str, str]) -> list[str] | None:
        first = _meaning([halves[0]], lexicon)
        others = parts(halves[1]) if first else None
        return [first, *others] if first and others else None

    return parts(word) if len(word) <= COMPOUND else None


def _halves(word: str) -> Iterator[tuple[str, str]]:
    """Each way to part a compound in two, the longest first part first, without what joins them."""
    for end in range(len(word) - PART, PART - 1, -1):
        for joint in _JOINTS:
            rest = word[end:].removeprefix(joint)
            if word[end:].startswith(joint) and len(rest) >= PART:
                yield word[:end], rest


def _chinese(text: str, lexicon: Lexicon) -> list[str]:
    """The longest entries from left to right; words in other letters stay, single signs that nobody knows do not."""
    found: list[str] = []
    at = 0
    while at < len(text):
        sizes = range(min(lexicon.longest, len(text) - at), 0, -1)
        size = next((size for size in sizes if text[at : at + size] in lexicon.english), 0)
        other = _OTHER.match(text, at)
        if size:
            found += lexicon.english[text[at : at + size]].split()
        elif other:
            found.append(other.group())
        at += size or (len(other.group()) if other else 1)
    return found


def _cut(words: Sequence[str], language: str) -> str:
    name = SNOWBALL[language]
    return " ".join(STEMMERS.of(name).stemWords(list(words)) if name else words)
