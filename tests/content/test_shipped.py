"""The content that is shipped has no faults."""

from pathlib import Path

from bot.roadmap.writer.check import check

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "content/words.txt"


def test_the_shipped_content_has_no_faults() -> None:
    assert "\n".join(map(str, check(ROOT / "content").faults)) == ""


def test_the_word_list_is_sorted_and_names_each_word_once() -> None:
    lines = [line for line in WORDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines == sorted(set(lines), key=lambda word: (word.lower(), word))


def test_no_fault_is_left_in_the_sample() -> None:
    assert check(Path(__file__).with_name("sample_folder")).faults == []
