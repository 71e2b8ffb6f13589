"""Which words are judged, and which are known."""

import pytest

from bot.roadmap.writer.lexicon import Lexicon, words


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("Read/write splitting, and so on.", ["Read", "write", "splitting", "and", "so", "on"]),
        ("PostgreSQL's TTLs, gRPC and HTTP/2", ["and"]),
        ("see example.com, /orders/42, style.css or user_id", ["see", "or"]),
        ("lower(email) = 'me@example.org'", []),
        ("a “quoted” word’s end…", ["quoted", "word’s", "end"]),
        ("well-known 10-fold", ["well", "known"]),
    ],
)
def test_code_addresses_and_names_are_not_judged(text: str, judged: list[str]) -> None:
    assert list(words(text)) == judged


@pytest.mark.parametrize(
    "word", ["server", "Server", "server's", "servers’", "isn't", "naïve", "Redis", "Redis's", "shard"]
)
def test_a_word_is_known(word: str) -> None:
    assert Lexicon(frozenset({"Redis", "shard"})).knows(word)


@pytest.mark.parametrize("word", ["recieve", "redis", "databse", "seperate", "occured"])
def test_a_word_is_not_known(word: str) -> None:
    assert not Lexicon(frozenset({"Redis"})).knows(word)


def test_the_nearest_word_is_offered() -> None:
    assert Lexicon().nearest("recieve") == "receive"
    assert Lexicon().nearest("xqzvvw") is None
