"""The steps of the search one by one, on the shipped content and on a few made topics."""

import msgspec
import pytest

from bot.roadmap.finding import languages, naming, spelling, weighing
from bot.roadmap.finding.building import build
from bot.roadmap.finding.index import Index
from bot.roadmap.finding.passages import OPENING, passages
from bot.roadmap.finding.text import bare, pairs, stems
from bot.roadmap.model import Part, Topic
from bot.roadmap.search import Search
from tests.world import content

SHIPPED = Search(content()).index


def topic(name: str, *asks: str, aliases: tuple[str, ...] = (), parts: tuple[Part, ...] = ()) -> Topic:
    return Topic(name.lower(), name, (name,), aliases, asks, 30, f"{name} is what it is.", parts)


MADE = build(
    {
        each.id: each
        for each in (
            topic("Boats", "cross the river without a bridge", "why does it float"),
            topic("Bridges", "cross the river on foot", aliases=("viaduct",)),
        )
    },
    {"cooking": ("boil an egg", "soup of the river fish")},
)


def test_stems_leave_out_what_says_nothing() -> None:
    assert stems("Why are my queries so slow?") == stems("slow query")[::-1] == ["queri", "slow"]
    assert pairs(["one", "two", "three"]) == ["one two", "three two"]
    assert bare(["what", "is", "the", "hosting", "about"]) == ["hosting"]
    assert bare(["what", "is", "it"]) == ["what", "is", "it"]


def test_an_index_is_the_same_after_it_was_kept() -> None:
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(MADE), type=Index)
    assert again == MADE
    assert again.postings == MADE.postings
    assert again.pair("cross river") == MADE.pair("cross river") is not None
    assert again.pair("river cross") is None


def test_what_is_asked_weighs_for_the_topic_that_phrases_ask_for() -> None:
    for text, wanted in (("how do i cross a river without bridges", "boats"), ("cross it on foot", "bridges")):
        found = weighing.weighed(text.split(), [], MADE)
        assert found.topics[0][0] == wanted
    fish = weighing.weighed(["soup", "of", "fish"], [], MADE)
    assert fish.elsewhere > fish.words


def test_names_are_found_in_order_and_weigh() -> None:
    words = ["bridges", "or", "boats"]
    names = naming.named(words, MADE)
    assert [(each.topic, each.start, each.end) for each in names] == [("bridges", 0, 1), ("boats", 2, 3)]
    assert naming.compared(words, names) == ["bridges", "boats"]
    with_names, without = (weighing.weighed(words, each, MADE) for each in (names, []))
    assert {each for each, _ in with_names.topics} == {"boats", "bridges"}
    assert with_names.named > 0 == without.named
    assert dict(with_names.topics)["bridges"] > dict(without.topics)["bridges"]
    assert naming.compared(["boats", "beside", "bridges"], names) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("go to the beach", []),
        ("learn go", ["go"]),
        ("write it in go", ["go"]),
        ("redis and websocket", ["redis", "websockets"]),
        ("how fast is it", []),
    ],
)
def test_an_everyday_word_is_a_name_only_where_it_is_meant_as_one(text: str, names: list[str]) -> None:
    assert [each.topic for each in naming.named(text.split(), SHIPPED)] == names


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("was ist ein datenbankindex", "database index"),
        ("wozu dient ein docker container", "docker container"),
        ("что такое индекс", "index"),
        ("什么是docker", "docker"),
        ("how do i find slow queries", None),
        ("kubernets pods", None),
    ],
)
def test_other_languages_become_english_and_english_stays(text: str, english: str | None) -> None:
    found = languages.translated(text.split(), SHIPPED)
    assert (None if found is None else " ".join(found)) == english


@pytest.mark.parametrize("text", ["datenbank" * 6 + "xq", "tages" * 11 + "zz", "sehr" * 500])
def test_a_word_of_many_parts_is_no_trap(text: str) -> None:
    assert languages.translated([text], SHIPPED) is None


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("chaching my querys", "caching my querys"),
        ("the kitchen", "the kitchen"),
        ("kitchen xqzv", "kitchen xqzv"),
    ],
)
def test_words_that_nobody_knows_are_mended(text: str, mended: str) -> None:
    assert " ".join(spelling.mended(text.split(), SHIPPED)) == mended


def test_passages_stand_by_themselves() -> None:
    works = (
        "First comes a lead:\n\n1. one\n2. two\n\nThen this.\n\nA table says it:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    )
    works += "Try it so\n\n```sh\nls\n```\n\n- **Point.** Alone.\n- Another one."
    page = topic("Page", parts=(Part("In plain words", "Like this.\n\nIt ends here."), Part("How it works", works)))
    assert [(each.place, each.heading, each.text) for each in passages(page)] == [
        (0, OPENING, "Page is what it is."),
        (1, "In plain words", "Like this.\n\nIt ends here."),
        (2, "How it works", "1. one\n2. two"),
        (3, "How it works", "Then this."),
        (4, "How it works", "- **Point.** Alone."),
        (5, "How it works", "- Another one."),
    ]
