"""Splitting long text: never over Discord's limit, and never within a code block that fits into one piece."""

from collections.abc import Iterator

from bot.markup import split

LONGEST = 4000
"""Discord: characters of all texts of a message of Components V2."""

_FENCE = "```"


def units(text: str) -> int:
    """The length in UTF-16 units, the strictest way in which Discord's clients and servers count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, limit: int = LONGEST) -> list[str]:
    """Pieces of at most `limit` that say the whole text, cut between its blocks where that is possible."""
    text = text.strip("\n")
    if units(text) <= limit:
        return [text] if text.strip() else []
    made: list[str] = []
    current = ""
    for block in _blocks(text):
        longer = _joined(current, block)
        if current and units(longer) > limit:
            current, title = _title(current)
            made.append(current)
            longer = _joined(title, block)
        *full, current = split(longer, limit, units) if units(longer) > limit else [longer]
        made += full
    return [each for each in [*made, current] if each.strip()]


def _joined(first: str, second: str) -> str:
    return f"{first}\n\n{second}" if first else second


def _title(text: str) -> tuple[str, str]:
    """The text without the heading at its end, and that heading: it belongs to what follows."""
    before, gap, last = text.rpartition("\n\n")
    return (before, last) if gap and last.startswith("#") and "\n" not in last else (text, "")


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, lists and code blocks, each whole."""
    block: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.lstrip().startswith(_FENCE)
        if line.strip() or fenced:
            block.append(line)
        elif block:
            yield "\n".join(block)
            block = []
    if block:
        yield "\n".join(block)
