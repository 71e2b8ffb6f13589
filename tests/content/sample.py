"""A small content folder without faults, and ways to break it."""

import shutil
from pathlib import Path

SAMPLE = Path(__file__).with_name("sample_folder")
PAGE = "topics/scale/heartbeat.md"
OTHER = "topics/scale/lease.md"
BRIEF = "projects/watcher.md"


def copied(to: Path) -> Path:
    """The sample in a folder of the test's own."""
    return Path(shutil.copytree(SAMPLE, to / "content"))


def replace(folder: Path, path: str, old: str, new: str) -> None:
    """Changes one place of a file; the place must be there once."""
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def line_of(folder: Path, path: str, words: str) -> int:
    """The line, from 1, on which the words stand first."""
    lines = (folder / path).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if words in line)
