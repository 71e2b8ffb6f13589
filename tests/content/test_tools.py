"""`cairn content …` as a writer types it."""

import json
from pathlib import Path

import pytest

from bot.roadmap.load import load
from bot.roadmap.writer.cli import main
from bot.roadmap.writer.preview import drawn
from bot.roadmap.writer.room import utf16
from tests.content.sample import PAGE, copied, line_of, replace


def test_check_says_in_one_line_that_all_is_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"], copied(tmp_path)) == 0
    assert capsys.readouterr().out == "All is well: topics 3, complete 2, projects 1, faults 0.\n"


def test_check_lists_the_faults_of_a_folder_sorted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copied(tmp_path)
    replace(folder, PAGE, "Spread over", "Spraed over")
    replace(folder, PAGE, "minutes: 20", "minutes: soon")
    assert main(["check", str(folder)], Path("elsewhere")) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == sorted(lines)
    assert f"{PAGE}:{line_of(folder, PAGE, 'minutes')}: minutes: input should be a valid integer; write it so" in lines


@pytest.mark.parametrize("words", [[], ["sing"], ["check", "/nowhere"], ["new"], ["preview"], ["stats", "--xml"]])
def test_wrongly_asked_ends_with_2(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words, tmp_path) == 2
    assert capsys.readouterr().err


def test_stats_are_a_table_of_80_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats"], copied(tmp_path)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) < 80
    assert lines[0].split() == ["Scale", "words", "questions", "sources", "complete"]
    assert [line.split() for line in lines if "heartbeat" in line] == [["heartbeat", "176", "4", "3", "yes"]]
    assert lines[-2].split()[-5:] == ["8", "6", "2", "of", "3"]
    assert lines[-1] == "Projects: 1 (1 beginner)"


def test_stats_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--json"], copied(tmp_path)) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["topics"]["quorum"] == {"words": 21, "questions": 0, "sources": 0, "complete": False}
    assert [section["topics"] for section in told["sections"]] == [["heartbeat", "lease", "quorum"]]
    assert told["total"] == told["sections"][0]["total"]
    assert (told["total"]["topics"], told["total"]["complete"], told["total"]["questions"]) == (3, 2, 8)


def test_a_new_page_stands_in_its_section_and_says_what_goes_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copied(tmp_path)
    path = folder / "topics/scale/quorum.md"
    path.unlink()
    assert main(["new", "quorum"], folder) == 0
    assert load(folder).topics["quorum"].title == "Quorum"
    capsys.readouterr()
    assert main(["check"], folder) == 1
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("topics/scale/quorum.md:") for line in lines)
    texts = [line.split(": ", 1)[1] for line in lines]
    assert sum(text.startswith("is still to be written; replace the comment by ") for text in texts) == 9
    assert [text.split(" ")[0] for text in texts if "still" not in text] == ["asks:", "sources:", "quiz:"]


def test_a_new_page_off_the_roadmap_needs_its_area(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copied(tmp_path)
    assert main(["new", "gossip"], folder) == 1
    assert "--area" in capsys.readouterr().out
    assert main(["new", "gossip", "--area", "scale"], folder) == 0
    assert (folder / "topics/scale/gossip.md").exists()


@pytest.mark.parametrize("topic", ["heartbeat", "Gossip", "two  words", "a" * 41, "../up", "-x"])
def test_a_page_that_exists_or_has_no_good_id_is_refused(
    topic: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copied(tmp_path)
    before = sorted(folder.rglob("*"))
    assert main(["new", "--area", "scale", "--", topic], folder) == 1
    assert topic in capsys.readouterr().out
    assert sorted(folder.rglob("*")) == before


def test_a_folder_outside_is_no_area(tmp_path: Path) -> None:
    assert main(["new", "gossip", "--area", "../../up"], copied(tmp_path)) == 1


def test_preview_shows_three_depths_with_their_lengths(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preview", "heartbeat"], copied(tmp_path)) == 0
    told = capsys.readouterr().out
    for depth in ("short", "normal", "deep"):
        assert f"===== heartbeat, {depth} =====\nTelegram: 1 message, " in told
        assert f"----- {depth}, terminal of 40 columns -----" in told
    assert "of 4096 UTF-16 units" in told
    assert "of 2000 characters" in told


def test_preview_of_no_topic(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preview", "gossip"], copied(tmp_path)) == 1
    assert "gossip is no topic here" in capsys.readouterr().out


def test_a_card_is_drawn_within_its_columns() -> None:
    assert max(map(len, drawn("## Title\n\n" + "word " * 40, 40).splitlines())) <= 40


def test_telegram_counts_utf_16_units() -> None:
    assert (utf16("tea"), utf16("🍵")) == (3, 2)
