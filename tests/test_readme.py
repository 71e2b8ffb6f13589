"""The README says what is true: its table is the registry, its transcript what the program answers."""

from tests.readme import README, figures, filled, table, transcript

TEXT = README.read_text()


def test_the_table_of_commands_is_the_registry() -> None:
    assert filled(TEXT, "commands", table()) == TEXT, "python -m tests.readme writes it anew"


def test_the_figures_are_those_of_the_content() -> None:
    assert filled(TEXT, "figures", figures()) == TEXT, "python -m tests.readme writes it anew"


def test_the_transcript_is_real() -> None:
    assert filled(TEXT, "transcript", transcript()) == TEXT, "python -m tests.readme writes it anew"


def test_the_two_commands_come_first() -> None:
    blocks = [line for line in TEXT.splitlines() if line.startswith("make ")]
    assert [block.split()[1] for block in blocks[:2]] == ["chat", "test"]
