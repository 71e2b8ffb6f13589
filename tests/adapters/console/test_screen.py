"""What a person's terminal shows, at the width of a phone and of a desk."""

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from adapters.console.as_screen import drawn
from adapters.console.choices import Choices, filled
from adapters.console.entry import start_of
from adapters.console.folder import Folder
from adapters.console.words import LOOK, Words
from bot.kinds import Choice
from bot.reply import Button, Buttons, Option, Quiz, Reply, Text
from tests.adapters.console import booth
from tests.world import content

TABLE = """\
| Method | Meaning | Repeat safely? | Example |
|---|---|---|---|
| GET | read one thing or many | yes | `/orders/42` |
| POST | add, or start something that takes a while | no | `/orders` |
"""


def shown(made: object, width: int = 40) -> list[str]:
    """The lines on a terminal of this width."""
    file = io.StringIO()
    Console(file=file, width=width, theme=LOOK, force_terminal=False, highlight=False, emoji=False).print(made)
    return [line.rstrip() for line in file.getvalue().splitlines()]


async def test_every_page_fits_forty_columns() -> None:
    for topic in content().topics.values():
        for part in topic.parts:
            assert max(map(cell_len, shown(Words(part.text))), default=0) <= 40, (topic.id, part.heading)


def test_a_line_end_stays_one_and_nothing_is_html() -> None:
    assert shown(Words("State: **open**\nwrite `a` <topic>")) == ["State: open", "write a <topic>"]


def test_links_are_shown() -> None:
    lines = shown(Words("[RFC 9110](https://example.org/a) <https://example.org/b>"), 100)
    assert lines == ["RFC 9110 (https://example.org/a) https://example.org/b"]


def test_a_wide_table_stays_a_table() -> None:
    lines = shown(Words(TABLE), 100)
    assert lines[0].split("   ")[0] == "Method"
    assert lines[2].startswith("GET")


def test_a_table_too_wide_becomes_paragraphs() -> None:
    assert shown(Words(TABLE)) == [
        "GET",
        "  Meaning: read one thing or many",
        "  Repeat safely?: yes",
        "  Example: /orders/42",
        "",
        "POST",
        "  Meaning: add, or start something that",
        "  takes a while",
        "  Repeat safely?: no",
        "  Example: /orders",
    ]


def test_long_code_goes_on_behind_a_sign() -> None:
    lines = shown(Words("```python\nif a:\n    return call('one', 'two', 'three', 'four')\n```"))
    assert lines == ["  if a:", "      return call('one', 'two',", "      ↪ 'three', 'four')"]


async def test_choices_are_numbered_through_all_blocks() -> None:
    choices = Choices()
    buttons = Buttons(((Button("Next", "/next"), Button("Read", url="https://example.org")), (Button("Map", "/map"),)))
    quiz = Quiz("Which *one*?", (Option("The first of these two, which is rather long", "/a"),), "http")
    lines = shown(await drawn(Reply((Text("Hi"), buttons, quiz)), choices, Folder(None)))
    assert lines == [
        "Hi",
        "",
        "[1] Next   Read: https://example.org",
        "[2] Map",
        "",
        "Which *one*?",
        "",
        "[3] The first of these two, which is",
        "    rather long",
        "",
    ]
    assert [choices.picked(number) for number in (0, 3, 4)] == [None, Button(quiz.options[0].label, "/a"), None]


async def test_nothing_acts_on_the_terminal(tmp_path: Path) -> None:
    quiz = Quiz(booth.HARM, (Option(booth.HARM, "/a"),), "http")
    reply = Reply((Text(booth.HARM + " &#x202e;"), Buttons(((Button(booth.HARM, "/a"),),)), quiz))
    lines = shown(await drawn(reply, Choices(), Folder(tmp_path)))
    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize(
    ("text", "label", "value", "kept"),
    [
        ("/ex", "/explain", "/explain", ""),
        ("/explain web s", "Web Security", "web-security", "/explain "),
        ("/explain shrding", "Sharding Strategies", "sharding-strategies", "/explain "),
        ("/explain web secrity", "Web Security", "web-security", "/explain "),
        ("/explain web security de", "deep", "deep", "/explain web security "),
        ("/explain web security ", "deep", "deep", "/explain web security "),
        ("/explain ", "Web Security", "web-security", "/explain "),
        ("/path language=py", "Python", "python", "/path language="),
        ("/settings zone=", "Europe/Berlin", "Europe/Berlin", "/settings zone="),
        ("/help /ex", "/explain", "explain", "/help "),
        ("web s", "Web Security", "web-security", ""),
    ],
)
def test_a_completion_takes_the_place_of_the_whole_parameter(text: str, label: str, value: str, kept: str) -> None:
    assert text[: start_of(text, Choice(label, value))] == kept


def test_the_words_of_a_form_are_added_by_name() -> None:
    assert filled("/submit x=1", {"link": "https://a", "note": 'two "words"', "more": ""}) == (
        '/submit x=1 link=https://a note="two \\"words\\""'
    )
