"""Plain lines: what is said stays searchable, choices have numbers, nothing acts on the terminal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.console import Console
from adapters.console.as_text import plain
from bot.ask import Place
from bot.engine import Engine
from bot.reply import Draft
from tests import small
from tests.adapters.console import booth


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for the whole file."""
    folder = tmp_path_factory.mktemp("console")
    with booth.engine(folder, small.write(folder / "content")) as made:
        yield made


def told(engine: Engine, *lines: str, **options: Any) -> str:
    """The text that these lines give."""
    return booth.through(engine, "".join(f"{line}\n" for line in lines).encode(), **options).decode()


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("State: **open**\nneeds *http*", "State: open\nneeds http"),
        ("## Head\n\nText", "Head\n\nText"),
        ("- one\n- two\n  - three\n  more", "- one\n- two\n  - three\n    more"),
        ("3. one\n4. two\n\n   `x < y`", "3. one\n4. two\n   x < y"),
        ("> said\n> twice", "> said\n> twice"),
        ("```python\nif a:\n\n    b()\n```", "    if a:\n\n        b()"),
        (
            "[RFC 9110](https://example.org/a) and <https://example.org/b>",
            "RFC 9110 (https://example.org/a) and https://example.org/b",
        ),
        ("| a | bb |\n|---|---|\n| ccc | `d` |", "a    bb\n---  --\nccc  d"),
        ("/explain <topic> \\*x\\*", "/explain <topic> *x*"),
        ("~~old~~ ~ new", "old ~ new"),
        ("a\x1b[31m &#x202e;&#27;b", "a[31m \ufffdb"),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_text(markdown: str, text: str) -> None:
    assert plain(markdown) == text


def test_a_reply_ends_with_an_empty_line(engine: Engine) -> None:
    assert told(engine, "/said a", "", "/said b") == "Said: a, note:\n\nSaid: b, note:\n\n"


def test_buttons_have_numbers_and_show_their_lines(engine: Engine) -> None:
    assert told(engine, "/form").splitlines()[2:5] == [
        "[1] Say it  /said this",
        "[2] Hand it in  /said what=<what> note=<note>",
        "Read more: https://example.org/x",
    ]


def test_a_number_picks_from_the_last_reply(engine: Engine) -> None:
    said = told(engine, "/form", " 1 ", "/pose", "2")
    assert "Said: this" in said
    assert "What is first in, first out?\n[1] A queue\n[2] A *stack*" in said
    assert "Said: stack" in said


def test_a_number_without_a_choice_is_told_so(engine: Engine) -> None:
    assert "There is no choice 7 here: choose 1 to 2." in told(engine, "/form", "7")
    assert "There is no choice 0 here" in told(engine, "/form", "0")


def test_a_number_after_a_reply_without_choices_is_text(engine: Engine) -> None:
    assert "“1” is not on this roadmap" in told(engine, "/said x", "1")


def test_a_form_shows_the_line_to_write(engine: Engine) -> None:
    assert "Write it: /said what=<what> note=<note>" in told(engine, "/form", "2")


def test_a_picture_is_its_words_and_its_file(engine: Engine, tmp_path: Path) -> None:
    said = told(engine, "/draw", "/save", "/spoil", pictures=tmp_path)
    assert f"12 of 20 topics are done.\nPicture: {tmp_path / 'map-1.png'}" in said
    assert f"All that is kept: {tmp_path / 'my-export.json'}" in said
    assert said.endswith("\n\n12 of 20 *topics*\n\n")


def test_nothing_acts_on_the_terminal(engine: Engine, tmp_path: Path) -> None:
    said = told(engine, "/harm", f"/nothing{booth.HARM}", booth.HARM, pictures=tmp_path)
    assert {char for char in said if not char.isprintable()} == {"\n"}


def test_broken_bytes_are_shown_as_such(engine: Engine) -> None:
    assert "�" in booth.through(engine, b"/said a\xffb\n").decode()


def test_what_comes_from_elsewhere_is_printed_with_its_group(engine: Engine) -> None:
    async def send(console: Console) -> None:
        await console.send(Place("console", "g1"), None, Draft().say("Due.").reply())

    assert told(engine, beside=send) == "[group:g1]\nDue.\n\n"
