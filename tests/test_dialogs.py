"""Every transcript in tests/dialogs, on both databases."""

from pathlib import Path

import pytest

from tests.dialog import play
from tests.world import World

DIALOGS = sorted((Path(__file__).parent / "dialogs").glob("*.txt"))


@pytest.mark.parametrize("file", DIALOGS, ids=lambda file: file.stem)
def test_dialog(cairn: World, file: Path) -> None:
    play(cairn, file)


def test_there_are_dialogs() -> None:
    assert len(DIALOGS) >= 5
