"""Words of people are safe in our Markdown, and long texts are split without breaking."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.markup import escape, quote, shorten, split

plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=60)


@given(plain)
@example("**bold** [x](https://example.org) <b> `code` ~~no~~ | a &lt; b")
@example("# heading")
@example("1. one")
@example("---")
@example("\\*")
def test_escaped_words_read_as_they_were_written(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape(text))
    said = "".join(child.content for token in tokens for child in token.children or [])
    assert " ".join(said.split()) == " ".join(text.split())
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}


@given(st.text(max_size=200))
def test_a_quotation_stays_one(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse("before\n\n" + quote(text) + "\n\nafter")
    types = [token.type for token in tokens]
    assert types[-3:] == ["paragraph_open", "inline", "paragraph_close"]
    assert tokens[-2].content == "after"
    assert not {"fence", "code_block", "heading_open", "html_block", "bullet_list_open"} & set(types)


lines = st.lists(st.text("abc *_`é😀", max_size=90) | st.just("```python") | st.just("```") | st.just(""), max_size=30)


@given(lines, st.integers(60, 300))
def test_pieces_fit_and_lose_no_word(text_lines: list[str], limit: int) -> None:
    text = "\n".join(text_lines)
    pieces = split(text, limit, lambda piece: len(piece.encode("utf-16-le")) // 2)
    assert all(len(piece.encode("utf-16-le")) // 2 <= limit for piece in pieces)
    kept = "".join(pieces).replace("```python", "").replace("```", "")
    assert "".join(kept.split()) == "".join(text.replace("```python", "").replace("```", "").split())


def test_a_fence_is_closed_and_opened_again() -> None:
    text = "before\n\n```python\n" + "\n".join(f"line_{number} = {number}" for number in range(40)) + "\n```\nafter"
    pieces = split(text, 200)
    assert len(pieces) == 3
    for piece in pieces:
        assert piece.count("```") % 2 == 0
    assert all(piece.startswith("```python") for piece in pieces[1:-1])


def test_shortened() -> None:
    assert shorten("a  b\nc", 10) == "a b c"
    assert shorten("x" * 50, 10) == "x" * 9 + "…"
