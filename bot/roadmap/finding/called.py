"""What topics are called: their names in every form in which one is looked up."""

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Sequence

from bot.roadmap.finding.text import SILENT, bare, stem, stems
from bot.roadmap.model import Topic
from bot.roadmap.names import folded, squashed

COMMON = 0.01
"""A word that more of all phrases hold is an ordinary one among us: browser, login."""

LONGEST = 6
"""Words of the longest name that is looked for in a text."""

SELDOM = 0.1
"""A name that is said elsewhere not more often than this share of what it is said here means nothing else."""


def names(topic: Topic) -> tuple[str, ...]:
    """All that a topic is called."""
    return (topic.id, topic.title, *topic.labels, *topic.aliases, *topic.was)


def called(topics: Iterable[Topic]) -> list[tuple[str, str]]:
    """Every name with its topic, and last what stands in the frame of a title: "What is hosting?" is hosting too."""
    every = list(topics)
    whole = [(name, topic.id) for topic in every for name in names(topic)]
    taken = {folded(name) for name, _ in whole}
    inside = [(" ".join(bare(folded(topic.title).split())), topic.id) for topic in every]
    whole += [(name, topic) for name, topic in inside if name not in taken]
    return [(name, topic) for name, topic in whole if folded(name)]


def titles(topics: Iterable[Topic]) -> frozenset[str]:
    """The folded titles, labels and ids, with their frames and without."""
    whole = [folded(name) for topic in topics for name in (topic.id, topic.title, *topic.labels)]
    return frozenset([*whole, *(" ".join(bare(name.split())) for name in whole)])


def stemmed(pairs: Sequence[tuple[str, str]], ordinary: Container[str]) -> dict[str, str]:
    """Topics by the stems of their names; Fastly is not meant by "fast"."""
    found: dict[str, str] = {}
    for name, topic in reversed(pairs):
        words = folded(name).split()
        key = " ".join(map(stem, words))
        if len(words) > 1 or key not in ordinary or words[0] in ordinary:
            found[key] = topic
    return found


def unusual(topics: Collection[Topic], ordinary: Container[str]) -> frozenset[str]:
    """Names of several words, and of one that is no ordinary word of English or of questions about other topics."""
    asked = Counter(word for topic in topics for ask in topic.asks for word in set(stems(ask)))
    many = COMMON * sum(len(topic.asks) for topic in topics)
    every = {folded(name) for topic in topics for name in names(topic)}
    return frozenset(
        name for name in every - SILENT if " " in name or (name not in ordinary and (asked[stem(name)] <= many))
    )


def plain(rare: Collection[str], topics: Iterable[Topic], outside: Iterable[str]) -> frozenset[str]:
    """The names that phrases from elsewhere hold never, or seldom beside those about other topics."""
    inside = _said(rare, (ask for topic in topics for ask in topic.asks))
    elsewhere = _said(rare, outside)
    return frozenset(name for name in rare if elsewhere[name] <= SELDOM * inside[name])


def _said(wanted: Container[str], phrases: Iterable[str]) -> Counter[str]:
    """How often names stand in phrases."""
    found: Counter[str] = Counter()
    for phrase in phrases:
        words = folded(phrase).split()
        spans = ((at, end) for at in range(len(words)) for end in range(at + 1, min(at + LONGEST, len(words)) + 1))
        found.update(name for at, end in spans if (name := " ".join(words[at:end])) in wanted)
    return found


def sounds(topics: Iterable[Topic]) -> dict[str, str]:
    """Topics by the sound of their titles (Metaphone), where it tells enough and belongs to one topic."""
    from jellyfish import metaphone

    found: defaultdict[str, set[str]] = defaultdict(set)
    for topic in topics:
        for name in {squashed(each) for each in (topic.title, *topic.labels)}:
            if name.isascii() and name.isalpha() and len(sound := metaphone(name)) > 2:
                found[sound].add(topic.id)
    return {sound: min(topics) for sound, topics in found.items() if len(topics) == 1}
