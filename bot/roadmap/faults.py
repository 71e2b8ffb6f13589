"""A fault in the content: where it stands, what is wrong and the mend."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """`path:line: what is wrong; the mend`. `path` is relative to the content folder; lines count from 1."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class ContentError(Exception):
    """A content folder that cannot be used, with every fault found in it."""

    def __init__(self, folder: Path, faults: list[Fault]) -> None:
        super().__init__(f"the content in {folder} has {len(faults)} faults")
        self.faults = sorted(faults)
