"""What every platform must do, generated from the registry: a new command without a case fails."""

from pathlib import Path

import pytest

from bot.commands import by_name
from bot.library import Library
from tests.contract.cases import CASES
from tests.contract.stages import PLATFORMS, stage
from tests.world import content

FIRST = ("undo", "review", "cancel")
"""Said before anything was done."""

everywhere = pytest.mark.parametrize("platform", PLATFORMS)


def test_every_command_has_a_case_and_every_folder_of_a_platform_is_here() -> None:
    assert set(CASES) == set(Library(content(), by_name()).menu)
    folders = {
        path.name for path in (Path(__file__).parents[2] / "adapters").iterdir() if (path / "__init__.py").exists()
    }
    assert folders == set(PLATFORMS)


@everywhere
async def test_every_command_is_reached_and_answers(platform: str, tmp_path: Path) -> None:
    async with stage(platform, tmp_path) as on:
        for name in sorted(CASES, key=FIRST.__contains__, reverse=True):
            line, words = CASES[name]
            assert words in (await on.say(line, words)).text, name


@everywhere
async def test_every_block_is_shown(platform: str, tmp_path: Path) -> None:
    async with stage(platform, tmp_path) as on:
        shown = await on.say("/blocks")
    assert "everything" in shown.text
    assert {"Go on", "Read"} <= set(shown.labels)
    assert (shown.pictures, shown.files) == (1, 1)
    assert shown.options == ["A queue", "A stack"]
    assert "first in, first out" in shown.text


@everywhere
async def test_a_press_comes_back_as_its_call(platform: str, tmp_path: Path) -> None:
    async with stage(platform, tmp_path) as on:
        await on.say("/next")
        shown = await on.press("Done")
    assert "Done: " in shown.text
    assert "Introduction" in shown.text


@everywhere
async def test_a_long_text_is_shown_from_its_first_word_on(platform: str, tmp_path: Path) -> None:
    async with stage(platform, tmp_path) as on:
        shown = await on.say("/long")
    assert "word0 word1 " in shown.text
    assert "word300 " in shown.text


@everywhere
async def test_the_right_to_administer_is_translated(platform: str, tmp_path: Path) -> None:
    async with stage(platform, tmp_path) as on:
        member = await on.in_group("/gate", admin=False)
        admin = await on.in_group("/gate", admin=True)
    assert "The gate is open" not in member.text
    assert "The gate is open" in admin.text


@everywhere
async def test_a_private_answer_is_not_for_the_group(platform: str, tmp_path: Path) -> None:
    async with stage(platform, tmp_path) as on:
        public = await on.in_group("/explain caching", admin=False)
        private = await on.in_group("/settings name=Secret", admin=False)
    assert "Caching" in public.text
    assert "Secret" not in private.text


@everywhere
async def test_a_group_is_set_up_by_its_administrator_and_has_a_board(platform: str, tmp_path: Path) -> None:
    async with stage(platform, tmp_path) as on:
        state = await on.in_group("/group zone=Berlin daily=09:00", admin=True)
        board = await on.in_group("/leaderboard", admin=False)
    assert "Europe/Berlin" in state.text
    assert "09:00, every day" in state.text
    assert "Nobody stands here yet" in board.text
