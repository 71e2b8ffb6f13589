"""Texts, pages, keys and data, without Discord: what is made fits its limits, and nothing is lost."""

import pytest

from adapters.discord import data
from adapters.discord.data import Data, apart
from adapters.discord.keys import keys
from adapters.discord.markdown import dressed
from adapters.discord.outs import Menu, Row, Words
from adapters.discord.pages import LONGEST, pieces, units
from adapters.discord.sheets import MOST, sheets
from bot.card import card, part_id, section
from bot.reply import Button, Buttons, Draft, Option, Quiz, Reply
from tests.world import content

CODE = "```python\n" + "x = 1\n" * 300 + "```"


def test_code_blocks_that_fit_are_never_cut() -> None:
    text = "\n\n".join(["## A", "word " * 300, "### B", CODE, CODE, "the end 😀"])
    made = pieces(text)
    assert all(units(piece) <= LONGEST and piece.count("```") % 2 == 0 for piece in made)
    assert sum(CODE in piece for piece in made) == 2
    assert not any(piece.splitlines()[-1].startswith("#") for piece in made)
    assert made[-1].endswith("the end 😀")


def test_what_is_too_long_for_one_piece_is_cut_at_lines_and_its_fence_opened_again() -> None:
    made = pieces("```sql\n" + "select 1;\n" * 900 + "```")
    assert len(made) > 2
    assert all(piece.startswith("```sql") and piece.endswith("```") and units(piece) <= LONGEST for piece in made)
    assert sum(piece.count("select 1;") for piece in made) == 900


@pytest.mark.parametrize(
    ("ours", "shown"),
    [
        ("#### Deep", "**Deep**"),
        ("Title\n===", "# Title"),
        ("a\n\n---\n\nb", "a\n\n———\n\nb"),
        ("~~~sh\nls\n~~~", "```sh\nls\n```"),
        ("![A map](https://example.org/a.png)", "[A map](https://example.org/a.png)"),
        ("```\n# no heading\n    x\n```", "```\n# no heading\n    x\n```"),
        ("- a\n    - b", "- a\n    - b"),
        ("Vec<T> and a || b", "Vec<T> and a || b"),
    ],
)
def test_what_discord_does_not_know_is_written_another_way(ours: str, shown: str) -> None:
    assert dressed(ours) == shown


def test_a_wide_table_is_one_paragraph_for_each_row() -> None:
    wide = "| Name | What it is |\n|---|---|\n| Redis | A store that keeps everything in memory |"
    assert dressed(wide).strip() == "**Redis**\nWhat it is: A store that keeps everything in memory"


def test_a_choice_of_more_than_five_is_a_menu_and_mixed_buttons_stay_buttons() -> None:
    zones = tuple(Button(f"Zone {at}", f"/settings zone={at}") for at in range(8))
    made = list(keys(Buttons((zones[:4], zones[4:], (Button("Another", "/settings", fill=("zone",)),)))))
    assert [type(each) for each in made] == [Menu, Row]
    mixed = (*zones[:5], Button("Next", "/next"), Button("Done", "/done"))
    assert all(isinstance(each, Row) for each in keys(Buttons((mixed,))))
    many = tuple(Button(str(at), f"/a {at}" if at % 2 else f"/b {at}") for at in range(30))
    assert [len(each.keys) for each in keys(Buttons((many,)))] == [25, 5]


def test_long_options_are_letters_and_short_ones_stand_in_their_buttons() -> None:
    def rows(*labels: str) -> list[list[str]]:
        quiz = Quiz("Which?", tuple(Option(label, f"/answer 1 {at}") for at, label in enumerate(labels, 1)), "x")
        return [[key.label for key in part.keys] for part in sheets(Reply((quiz,)))[0].parts if isinstance(part, Row)]

    assert rows("A queue", "A stack") == [["A queue", "A stack"]]
    assert rows("A queue that grows", "A stack") == [["A queue that grows"], ["A stack"]]
    assert rows("An option " * 5, "A stack") == [["A", "B"]]
    assert rows("`x`", "A stack") == [["A", "B"]]


def test_data_is_read_back() -> None:
    for each in (Data("/next 20"), Data("/map", page=3), Data("/note caching", fill=("text", "more"))):
        assert data.read(each.written()) == each
    used: set[str] = set()
    assert [apart("/next", used) for _ in range(2)] == ["/next", "~1 /next"]


def test_every_card_fits_whole_or_in_pages() -> None:
    for topic in content().topics.values():
        draft = Draft().say(*card(topic, "deep"))
        draft.offer([Button("Done", f"/done {topic.id}"), Button("Next", "/next")])
        reply = draft.offer([Button(each.heading, f"/explain {topic.id} part={part_id(each)}") for each in topic.parts])
        for made in (reply.reply(), *(Draft().say(section(part)).reply() for part in topic.parts)):
            first = sheets(made, f"/explain {topic.id} deep")
            every = sheets(made)
            assert len(first) == 1, topic.id
            for sheet in (*first, *every):
                words = [part.text for part in sheet.parts if isinstance(part, Words)]
                assert sum(map(units, words)) <= LONGEST, topic.id
                assert sum(map(str.count, words, ["```"] * len(words))) % 2 == 0, topic.id
                assert len(sheet.parts) <= MOST
