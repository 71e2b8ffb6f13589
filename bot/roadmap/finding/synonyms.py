"""Other words for those of a question: a server is also a machine or a box.

Top-1 on the tuning half, in percent (`make eval ARGS=steps`):

| | described | language | declined | all |
|---|---|---|---|---|
| without | 98.1 | 87.8 | 96.4 | 96.6 |
| with | 99.0 | 90.0 | 94.6 | 96.8 |

Putting one word of a group in the place of all, on both sides, found fewer than leaving them alone.
"""

from collections.abc import Iterable

from bot.roadmap.finding.text import listed, stem

WORTH = 0.2
"""What a word that nearly says the same is worth, beside one that was said."""


def read() -> dict[str, tuple[str, ...]]:
    """The stems that say nearly the same as a stem, from bot/roadmap/words/synonyms.txt."""
    groups = [dict.fromkeys(stem(word) for word in line.split()) for line in listed("synonyms")]
    return {each: tuple(other for other in group if other != each) for group in groups for each in group}


def widened(stems: Iterable[str], like: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """Stems with those that nearly say the same, and what each is worth."""
    said = dict.fromkeys(stems, 1.0)
    others = dict.fromkeys((other for each in said for other in like.get(each, ())), WORTH)
    return {**others, **said}
