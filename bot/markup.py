"""The small Markdown our texts use: making words safe in it, and splitting long text without breaking it."""

import re
from collections.abc import Callable, Iterator

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_OPENER = re.compile(r"^(\d*)([#+\-=.)])")
_FENCE = re.compile(r"^(`{3,}|~{3,})")


def escape(text: str) -> str:
    """Somebody's words so that no character of them acts as Markdown; lines are joined by blanks."""
    return _OPENER.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def quote(text: str) -> str:
    """Somebody's longer words as a quotation: every line safe, line ends kept."""
    return "\n".join(f"> {escape(line)}".rstrip() for line in text.splitlines())


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters of a text in one line, with an ellipsis where some are left out."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def split(text: str, limit: int, measure: Callable[[str], int] = len) -> list[str]:
    """Pieces of at most `limit` by `measure`, cut at lines, else at words; a fence is closed and opened again.

    `measure` must not shrink when text is added (`len`, or UTF-16 units). Raises ValueError for a limit under 40.
    """
    if limit < 40:
        raise ValueError("a piece needs room for 40 characters at least")
    pieces: list[str] = []
    piece = ""
    fence = ""
    for line in _short_lines(text, limit - 2 * _longest_fence(text) - 2, measure):
        after = _fence_after(line, fence)
        if piece and measure(_closed(f"{piece}\n{line}", after)) > limit:
            pieces.append(_closed(piece, fence))
            piece = fence
            if not fence and not line.strip():
                continue
        piece = f"{piece}\n{line}" if piece else line
        fence = after
    if piece.strip():
        pieces.append(piece)
    return [piece.strip("\n") for piece in pieces]


def _fence_after(line: str, fence: str) -> str:
    """The line that opened the fence we are in after this line, or ""."""
    if not _FENCE.match(line):
        return fence
    return "" if fence and line.strip() == fence[:3] else fence or line


def _closed(piece: str, fence: str) -> str:
    return f"{piece}\n{fence[:3]}" if fence else piece


def _longest_fence(text: str) -> int:
    return max((len(line) for line in text.splitlines() if _FENCE.match(line)), default=0)


def _short_lines(text: str, limit: int, measure: Callable[[str], int]) -> Iterator[str]:
    """The lines of a text, those over the limit cut at a blank where there is one."""
    for line in text.split("\n"):
        rest = line
        while measure(rest) > limit:
            cut = _cut(rest, limit, measure)
            yield rest[:cut].rstrip()
            rest = rest[cut:].lstrip()
        yield rest


def _cut(line: str, limit: int, measure: Callable[[str], int]) -> int:
    """How many characters of the line fit, ending at a blank in the second half where there is one."""
    low, high = 1, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(line[:middle]) <= limit else (low, middle - 1)
    blank = line.rfind(" ", low // 2, low)
    return blank + 1 if blank > 0 else low
