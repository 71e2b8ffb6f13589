"""Our small Markdown as Telegram's text and entities: right, whole, and valid however it is split."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.markdown import styled
from adapters.telegram.pages import pages
from adapters.telegram.spans import Styled, units
from bot.ask import clean
from bot.markup import escape
from tests.fakes.telegram_text import as_html, check
from tests.fakes.telegram_text import clean as kept
from tests.world import SHIPPED

PAGES = sorted((SHIPPED / "topics").rglob("*.md"))


def html(text: Styled) -> str:
    """The text with its entities as tags, which must be valid."""
    entities = [entity.to_dict() for entity in text.entities()]
    check(text.text, entities)
    return as_html(text.text, entities)


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("State: **open**\nneeds *http*", "State: <b>open</b>\nneeds <i>http</i>"),
        ("## The `x` flag", "<b>The </b><code>x</code><b> flag</b>"),
        ("- one\n- two\n  - three\n    more", "• one\n• two\n   • three\n      more"),
        ("3. one\n4. two\n\n   `x < y`", "3. one\n4. two\n   <code>x &lt; y</code>"),
        ("> said\n> > twice", "<blockquote>said\n\ntwice</blockquote>"),
        ("```python\nif a:\n    b()\n```", '<pre><code class="language-python">if a:\n    b()</code></pre>'),
        ("    indented\n    code", "<pre>indented\ncode</pre>"),
        ("| a | b |\n|---|---|\n| 1 | `x` |", "<pre>a  b\n─  ─\n1  x</pre>"),
        (
            "| Name | Long words in here | And more |\n|---|---|---|\n| one | two words | three times |",
            "<b>one</b>\nLong words in here: two words\nAnd more: three times",
        ),
        ("| a | b |\n|---|---|\n| 1 | [x](https://y.org) |", "<b>1</b>\nb: x (https://y.org)"),
        ("[a (b)](https://example.org/a_(b))", '<a href="https://example.org/a_(b)">a (b)</a>'),
        ("[`code`](https://example.org)", '<a href="https://example.org">code</a>'),
        ("[here](http://localhost:8080/x)", "here (http://localhost:8080/x)"),
        ("[here](relative/path)", "here (relative/path)"),
        ("<https://a.org>", '<a href="https://a.org">https://a.org</a>'),
        ("![a map](https://a.org/x.png)", '<a href="https://a.org/x.png">a map</a>'),
        ("a List<int> and <b>x</b>", "a List&lt;int&gt; and &lt;b&gt;x&lt;/b&gt;"),
        ("if a || b || c, $x and $y", "if a || b || c, $x and $y"),
        ("😀 **😀x** y", "😀 <b>😀x</b> y"),
        ("~~gone~~ ***both***", "<s>gone</s> <b><i>both</i></b>"),
        ("one\n\n---\n\ntwo", "one\n\n———\n\ntwo"),
        ("&#x202e;turned", "turned"),
        ("", ""),
        ("**", "**"),
    ],
)
def test_markdown(markdown: str, shown: str) -> None:
    assert html(styled(markdown)) == shown


@pytest.mark.parametrize("text", ["*x* _y_ `z`", "a < b > c & d", "# no head", "1. no list", "[x](y)", "||x||", "a\\b"])
def test_somebodys_words_stay_as_they_are(text: str) -> None:
    assert html(styled(escape(text))).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
@pytest.mark.parametrize(("longest", "most"), [(4096, 100), (400, 12)])
def test_every_page_of_ours(file: Path, longest: int, most: int) -> None:
    whole(styled(file.read_text()), longest, most)


def whole(text: Styled, longest: int, most: int) -> None:
    """Splits a text; its parts are valid, as Telegram keeps them, within the limits, and say all of it in order."""
    at = 0
    for part in pages(text, longest, most):
        entities = [entity.to_dict() for entity in part.entities()]
        assert kept(part.text, entities)[0] == part.text
        assert units(part.text) <= longest
        assert len(entities) <= most
        found = text.text.index(part.text, at)
        assert not text.text[at:found].strip()
        at = found + len(part.text)
    assert not text.text[at:].strip()


MARKS = [
    *("**b** `c`", "- item", "  - deeper", "```", "```sql", "> said", "# head", "| a | b |", "|---|---|"),
    *("[a](https://b.org)", "```\n" + "x" * 90 + "\n```", "😀" * 30, "e\u0301" * 30, "*a **b***"),
]
LINES = st.lists(
    st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(MARKS),
    max_size=30,
)


@given(LINES, st.integers(40, 400), st.integers(3, 100))
def test_any_text_splits_into_valid_parts(lines: list[str], longest: int, most: int) -> None:
    whole(styled("\n".join(lines)), longest, most)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=200))
def test_escaped_words_keep_every_letter(text: str) -> None:
    assert "".join(styled(escape(text)).text.split()) == "".join(clean(text).split())


def test_a_code_block_that_fits_is_not_split() -> None:
    code = "\n".join(f"line {at}" for at in range(20))
    text = styled("word " * 50 + f"\n\n```\n{code}\n```\n\n" + "word " * 50)
    assert [part for part in pages(text, 300) if code in part.text]


def test_a_code_block_that_is_too_long_stays_code() -> None:
    text = styled("```sql\n" + "\n".join(f"    line {at}" for at in range(60)) + "\n```")
    parts = pages(text, 300)
    assert len(parts) > 1
    assert all(part.spans[0].kind == "pre" and part.spans[0].extra == "sql" for part in parts)
    assert all(part.text.startswith("    line") for part in parts)


def test_letters_keep_their_marks() -> None:
    for part in pages(styled("e\u0301" * 100), 41):
        assert part.text.startswith("é") or part.text.startswith("e\u0301")
