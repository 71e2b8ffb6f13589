"""Lists of what people type, one phrase a line: beside a page what asks for it, in `elsewhere` what asks for none."""

from pathlib import Path

from bot.roadmap.faults import Fault
from bot.roadmap.names import folded

LONGEST = 160
"""Characters of a phrase."""

BESIDE = ".asks.txt"
"""How the file beside a page ends: `caching.md` has `caching.asks.txt`."""


def read(file: Path, path: str) -> tuple[tuple[str, ...], list[Fault]]:
    """The phrases of a file, and its faults; `#` begins a comment line, and what is not there has none."""
    if not file.exists():
        return (), []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        return (), [Fault(path, 1, f"cannot be read ({error.__class__.__name__}); save it as UTF-8 text")]
    found: dict[str, str] = {}
    faults = []
    for at, line in enumerate(lines, 1):
        phrase = line.strip()
        if not phrase or phrase.startswith("#"):
            continue
        if len(phrase) > LONGEST:
            faults.append(Fault(path, at, f"has {len(phrase)} characters; shorten it to {LONGEST}"))
        if folded(phrase) in found:
            faults.append(Fault(path, at, f"{phrase!r} stands here twice; leave one"))
        found[folded(phrase)] = phrase
    return tuple(found.values()), faults


def beside(page: Path) -> Path:
    """The file of phrases that belongs to a page."""
    return page.with_name(page.stem + BESIDE)
