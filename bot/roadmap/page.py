"""Reading one Markdown file of content: its front matter, its opening words and its sections, with their lines."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from bot.roadmap import yaml_lines
from bot.roadmap.yaml_lines import Lined

_HEADING = re.compile(r"^## +(\S.*?)\s*$")
_FENCE = re.compile(r"^(`{3,}|~{3,})")


@dataclass(slots=True)
class LinedPart:
    """A section of a file: heading, text, and the file's line on which its text begins."""

    heading: str
    text: str
    line: int


@dataclass(slots=True)
class Page:
    """A file as it was read; `opening` is what stands before the first heading."""

    path: str
    front: Lined
    opening: str = ""
    opening_line: int = 1
    parts: list[LinedPart] = field(default_factory=list)


def read(file: Path, path: str) -> Page:
    """Reads a file; whatever is wrong with its form is among `front.faults`."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return Page(path, Lined(faults=[(1, f"cannot be read ({error.__class__.__name__}); save it as UTF-8 text")]))
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip() != "---" or end is None:
        return Page(path, Lined(faults=[(1, "has no front matter; begin the file with --- and end it with ---")]))
    page = Page(path, yaml_lines.read("\n".join(lines[1:end]), first_line=2))
    _read_body(page, lines, end + 1)
    return page


def _read_body(page: Page, lines: list[str], start: int) -> None:
    heads: list[tuple[int, str]] = []
    fence = ""
    for at in range(start, len(lines)):
        if mark := _FENCE.match(lines[at]):
            fence = "" if fence == mark.group() else fence or mark.group()
        elif not fence and (head := _HEADING.match(lines[at])):
            heads.append((at, head.group(1)))
    first = heads[0][0] if heads else len(lines)
    page.opening, page.opening_line = _block(lines, start, first)
    ends = [at for at, _ in heads[1:]] + [len(lines)] if heads else []
    for (at, heading), stop in zip(heads, ends, strict=True):
        text, line = _block(lines, at + 1, stop)
        page.parts.append(LinedPart(heading, text, line))


def _block(lines: list[str], start: int, stop: int) -> tuple[str, int]:
    """The text between two lines without the blank ones around it, and the file's line (from 1) where it begins."""
    first = next((at for at in range(start, stop) if lines[at].strip()), start)
    return "\n".join(lines[first:stop]).rstrip(), first + 1
