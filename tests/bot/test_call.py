"""A Call and its line convert both ways without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.call import Call, Word, free_text

names = st.from_regex(r"[a-z][a-z0-9_-]{0,15}", fullmatch=True)
keys = st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True)
texts = st.text(max_size=30) | st.sampled_from(
    ['"', '"a', 'a"b', "a=b", "“x”", "", " ", "\n", '\\"', "\\", "key=", "\x00"]
)


@given(names, st.lists(texts, max_size=4), st.dictionaries(keys, texts, max_size=3))
def test_any_words_come_back_from_the_line(name: str, given_texts: list[str], named: dict[str, str]) -> None:
    words = [Word(text) for text in given_texts] + [Word(text, key) for key, text in named.items()]
    call = Call(name, tuple(words))
    back = Call.parse(call.line, named.keys())
    assert back.name == name
    assert list(back.texts) == given_texts
    assert back.named == named


@given(st.text(max_size=60))
def test_any_line_comes_back_from_its_call(tail: str) -> None:
    line = "/x " + tail
    once = Call.parse(line, {"key"})
    assert Call.parse(once.line, {"key"}) == Call.parse(Call.parse(once.line, {"key"}).line, {"key"})
    assert [word.text for word in Call.parse(once.line, {"key"}).words] == [word.text for word in once.words]


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("/explain web security deep", ("web", "security", "deep")),
        ('/submit https://example.org/x "a note"', ("https://example.org/x", "a note")),
        ("/note x “a note”", ("x", "a note")),
        ('/x an unclosed "quote here', ("an", "unclosed", '"quote', "here")),
        ('/x 5" wide', ('5"', "wide")),
        ("/x tag=value", ("tag=value",)),
        ("/x", ()),
        ("/x \t ", ()),
    ],
)
def test_words_of_a_line(line: str, texts: tuple[str, ...]) -> None:
    assert Call.parse(line).texts == texts


def test_key_value_counts_only_where_the_key_is_known() -> None:
    call = Call.parse('/group zone=Europe/Berlin weekly="mon 18:00" other=1', {"zone", "weekly"})
    assert call.named == {"zone": "Europe/Berlin", "weekly": "mon 18:00"}
    assert call.texts == ("other=1",)


def test_free_text_keeps_what_was_typed() -> None:
    call = Call.parse('/note x he said  "well\n then" and left')
    assert free_text(call.words[1:]) == 'he said  "well\n then" and left'
    assert free_text(Call.parse('/note x "a note"').words[1:]) == "a note"


def test_lines_of_buttons_are_short() -> None:
    line = Call.of("explain", "dns-and-how-it-works", part="in-plain-words").line
    assert len(line.encode()) <= 64
