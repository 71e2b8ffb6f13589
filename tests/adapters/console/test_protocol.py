"""The JSON protocol: one object for each line, whatever the line holds."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.console import Console
from bot.ask import Account, Ask, Place, Role
from bot.engine import Engine
from bot.reply import Draft, Reply
from tests import small
from tests.adapters.console import booth
from tests.world import SHIPPED

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for the whole file: what is asked here changes little."""
    folder = tmp_path_factory.mktemp("console")
    with booth.engine(folder, small.write(folder / "content")) as made:
        yield made


def told(engine: Engine, *lines: object, **options: Any) -> list[dict[str, Any]]:
    """The objects for these lines: bytes and text as they are, anything else as JSON."""
    raw = [line if isinstance(line, bytes) else _text(line).encode() for line in lines]
    return booth.objects(booth.through(engine, b"\n".join(raw) + b"\n", json=True, **options))


def _text(line: object) -> str:
    return line if isinstance(line, str) else json.dumps(line)


def asked(engine: Engine, *lines: object, **options: Any) -> list[Ask]:
    """The asks that these lines become."""
    asks: list[Ask] = []

    async def answer(ask: Ask) -> Reply | None:
        asks.append(ask)
        return None

    told(engine, *lines, answer=answer, **options)
    return asks


@pytest.mark.parametrize(
    ("line", "part"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b'{"text": "\xed\xa0\x80"}', "UTF-8"),
        ("{", "no JSON object"),
        ('{"text": "x"} y', "no JSON object"),
        ('{"n": ' + "1" * 5000 + "}", "no JSON object"),
        ('{"text": ' + "[" * 100_000, "nested"),
        ({}, 'no "text"'),
        ({"as": "bob"}, 'no "text"'),
        ({"tick": False}, 'no "text"'),
        ({"text": 5}, '"text" is no string'),
        ({"text": None}, '"text" is no string'),
        ({"text": "x", "as": 5}, '"as" is no string'),
        ({"text": "x", "as": " "}, '"as" needs an id'),
        ({"text": "x", "as": "a" * 129}, '"as" needs an id'),
        ({"text": "x", "as": "a\0"}, '"as" holds control characters'),
        ({"text": "x", "as": "\ud800"}, '"as" holds control characters'),
        ({"text": "x", "name": ["Ann"]}, '"name" is no string'),
        ({"text": "x", "place": "nowhere"}, '"place" is none of these'),
        ({"text": "x", "place": "group:"}, '"place" needs an id'),
        ({"text": "x", "place": "group:g/"}, '"place" needs an id'),
        ({"text": "x", "place": {}}, '"place" is no string'),
        ({"text": "x", "role": "owner"}, '"role" is none of these: member, admin'),
        ({"text": "x", "role": "house"}, '"role" is none of these'),
        ({"text": "x", "now": "2026-05-04T09:00:00"}, '"now" needs an offset'),
        ({"text": "x", "now": "noon"}, '"now" is no instant'),
        ({"text": "x", "now": 5}, '"now" is no string'),
        ({"text": "x", "now": "0001-01-01T00:00:00+14:00"}, '"now" lies outside'),
        ({"text": "x", "now": "9999-12-31T23:59:59Z"}, '"now" lies outside'),
        ({"text": "x", "suggest": 1}, '"suggest" is neither true nor false'),
        ({"tick": "yes"}, '"tick" is neither true nor false'),
        ({"tick": True, "text": "/next"}, '"tick" takes no "text"'),
        ({"tick": True, "suggest": True}, "do not go together"),
        ({"event": "gone"}, '"event" is none of these: added, removed, left, back'),
        ({"event": True}, '"event" is no string'),
    ],
)
def test_a_line_that_says_nothing_is_told_why(engine: Engine, line: object, part: str) -> None:
    bad, good = told(engine, line, "/said yes")
    assert part in bad["error"]
    assert (bad["reply"], bad["sent"], bad["suggestions"]) == (None, [], [])
    assert good["error"] is None
    assert "Said: yes" in good["reply"]["blocks"][0]["text"]


@pytest.mark.parametrize(
    "line", ["", " \t ", "\r", {"text": ""}, {"text": " \n "}, {"event": "left", "place": "group:g1"}]
)
def test_where_nothing_is_said_nothing_is_answered(engine: Engine, line: object) -> None:
    assert told(engine, line) == [{"reply": None, "sent": [], "suggestions": [], "error": None}]


@pytest.mark.parametrize(
    "line", ["[1,2]", "\x00", "\x1c", ' {"broken', "“{”", '"text"', "null", {"text": "\ud800\x00"}]
)
def test_any_other_text_gets_a_reply(engine: Engine, line: object) -> None:
    assert told(engine, line)[0]["reply"]["blocks"]


@given(st.lists(st.binary(max_size=60) | st.sampled_from([b"/next", b'{"text":"/map"}', b'{"a']), max_size=8))
def test_every_line_gives_exactly_one_object(engine: Engine, lines: list[bytes]) -> None:
    raw = b"".join(line.replace(b"\n", b" ") + b"\n" for line in lines)
    found = booth.objects(booth.through(engine, raw, json=True))
    assert len(found) == len(lines)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9), lambda inner: st.lists(inner, max_size=3)
)
KEYS = ("text", "as", "name", "place", "role", "now", "suggest", "tick", "event", "other")
WORDS = st.sampled_from(["/next", "group:g", "private", "admin", "added", "2026-05-04T09:00:00Z", "/explain h", True])


@given(st.dictionaries(st.sampled_from(KEYS), JSON | WORDS, max_size=5))
def test_every_object_gives_exactly_one_object(engine: Engine, line: dict[str, object]) -> None:
    assert len(told(engine, line)) == 1


def test_the_keys_of_a_line_become_an_ask(engine: Engine) -> None:
    line = {"text": "/next", "as": "u1", "name": "Ann", "place": "group:g1/t2", "role": "admin", "now": NOW.isoformat()}
    assert asked(engine, line) == [
        Ask("/next", Account("console", "u1", "Ann"), Place("console", "g1", "t2"), NOW, Role.ADMIN)
    ]


def test_bare_text_comes_from_me_in_private(engine: Engine) -> None:
    assert asked(engine, "/next", now=NOW) == [Ask("/next", Account("console", "me", "me"), Place("console"), NOW)]


def test_nobody_is_admin_of_a_private_chat(engine: Engine) -> None:
    assert asked(engine, {"text": "x", "role": "admin"})[0].role is Role.MEMBER


def test_events_are_told_by_the_house(engine: Engine) -> None:
    events = [{"event": event, "as": "bob", "place": "group:g1/t2"} for event in ("added", "removed", "left", "back")]
    asks = asked(engine, *events)
    assert [(ask.text, ask.account.id) for ask in asks] == [
        ("/added", ""),
        ("/removed", ""),
        ("/left", "bob"),
        ("/back", "bob"),
    ]
    assert {(ask.place, ask.role) for ask in asks} == {(Place("console", "g1", "t2"), Role.HOUSE)}


def test_whoever_left_is_not_on_the_board_until_they_are_back(tmp_path: Path) -> None:
    ann, ben = ({"as": who, "place": "group:g1"} for who in ("ann", "ben"))
    look = {"text": "/leaderboard", **ben}
    with booth.engine(tmp_path, SHIPPED) as engine:
        [asked] = told(engine, {"text": "/quiz sharding 1", **ann})
        [line] = [block["options"][0]["line"] for block in asked["reply"]["blocks"] if block["kind"] == "quiz"]
        told(engine, {"text": line, **ann})
        found = told(engine, look, {"event": "left", **ann}, look, {"event": "back", **ann}, look)
    assert ["ann" in json.dumps(one["reply"]) for one in found] == [True, False, False, False, True]
    assert [one["reply"] is None for one in found] == [False, True, False, True, False]


def test_the_name_is_the_id_unless_given(engine: Engine) -> None:
    assert asked(engine, {"text": "x", "as": "bob"})[0].account == Account("console", "bob", "bob")


def test_the_clock_stands_where_a_line_set_it(engine: Engine) -> None:
    asks = asked(
        engine,
        "a",
        {"text": "b", "now": "2026-05-04T11:00:00+02:00"},
        {"now": "2025-01-01T00:00:00Z"},
        "c",
        {"text": "d", "now": "never"},
        "e",
    )
    assert [ask.now.year for ask in asks[1:]] == [2026, 2025, 2025]
    assert asks[0].now.tzinfo is not None
    assert asks[1].now == NOW


def test_a_long_line_is_read_whole(engine: Engine) -> None:
    [long, next_] = told(engine, {"text": "x" * 3_000_000}, "/said after")
    assert "too long" in long["reply"]["blocks"][0]["text"]
    assert "after" in next_["reply"]["blocks"][0]["text"]


def test_the_last_line_needs_no_line_end(engine: Engine) -> None:
    assert len(booth.objects(booth.through(engine, b"/next\n/next", json=True))) == 2


def test_suggestions_complete_the_parameter(engine: Engine) -> None:
    [found] = told(engine, {"text": "/explain data", "suggest": True})
    assert found["suggestions"][0] == {"label": "Database Indexes", "value": "indexes"}
    assert found["reply"] is None


@pytest.mark.parametrize("text", ["", "/", "/ x", "/\n", "/nothing ", "\ud800", "=", "/explain " + "x" * 20_000])
def test_suggestions_never_fail(engine: Engine, text: str) -> None:
    [found] = told(engine, {"text": text, "suggest": True})
    assert found["error"] is None


def test_a_quiz_shows_its_options_lines(engine: Engine) -> None:
    [found] = told(engine, "/pose")
    assert found["reply"] == {
        "about": ["http"],
        "private": False,
        "blocks": [
            {
                "kind": "quiz",
                "ask": "What is first in, first out?",
                "options": [
                    {"label": "A queue", "line": "/said queue"},
                    {"label": "A *stack*", "line": "/said stack"},
                ],
                "topic": "http",
            }
        ],
    }


def test_buttons_carry_a_line_words_to_fill_or_a_link(engine: Engine) -> None:
    [found] = told(engine, "/form")
    assert found["reply"]["blocks"] == [
        {"kind": "text", "text": "What now?"},
        {
            "kind": "buttons",
            "rows": [
                [
                    {"label": "Say it", "line": "/said this"},
                    {"label": "Hand it in", "line": "/said", "fill": ["what", "note"]},
                    {"label": "Read more", "url": "https://example.org/x"},
                ]
            ],
        },
    ]


def test_pictures_are_drawn_into_the_folder_and_never_over_another(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "map-1.png").write_text("mine")
    first, second, spoilt = told(engine, "/draw", "/draw", "/spoil", pictures=tmp_path)
    [block] = first["reply"]["blocks"]
    assert block == {"kind": "picture", "file": "map-2.png", "alt": "12 of 20 topics are done."}
    assert second["reply"]["blocks"][0]["file"] == "map-3.png"
    assert (tmp_path / "map-2.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "map-1.png").read_text() == "mine"
    assert spoilt["reply"]["blocks"] == [{"kind": "text", "text": "12 of 20 \\*topics\\*"}]


def test_a_file_stays_in_the_folder(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    first, second = told(engine, "/save", "/save", pictures=folder)
    assert first["reply"]["blocks"] == [{"kind": "file", "file": "my-export.json", "label": "All that is kept"}]
    assert second["reply"]["blocks"][0]["file"] == "my-export-2.json"
    assert sorted(file.name for file in tmp_path.rglob("*.json")) == ["my-export-2.json", "my-export.json"]


def test_where_nothing_can_be_written_words_must_do(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    [found] = told(engine, "/save", pictures=tmp_path / "file")
    assert found["reply"]["blocks"] == [{"kind": "text", "text": "All that is kept: it could not be written."}]


def test_a_tick_hands_over_what_was_sent(engine: Engine) -> None:
    ticks: list[datetime] = []
    console: list[Console] = []

    async def keep(made: Console) -> None:
        console.append(made)

    async def tick(now: datetime) -> None:
        ticks.append(now)
        reply = Draft().say("Due.").reply()
        await console[0].send(Place("console", "g1", "t"), None, reply)
        await console[0].send(Place("console"), Account("console", "alice"), reply)

    due, quiet = told(engine, {"tick": True, "now": NOW.isoformat()}, "/said x", beside=keep, tick=tick)
    said = {"about": [], "private": False, "blocks": [{"kind": "text", "text": "Due."}]}
    assert ticks == [NOW]
    assert due["reply"] is None
    assert due["sent"] == [
        {"place": "group:g1/t", "to": None, "reply": said},
        {"place": "private", "to": "alice", "reply": said},
    ]
    assert quiet["sent"] == []


def test_a_tick_without_a_scheduler_sends_nothing(engine: Engine) -> None:
    assert told(engine, {"tick": True}) == [{"reply": None, "sent": [], "suggestions": [], "error": None}]


def test_a_failure_inside_is_an_error_and_the_process_goes_on(engine: Engine) -> None:
    async def tick(now: datetime) -> None:
        raise RuntimeError("broken")

    bad, good = told(engine, {"tick": True}, "/said x", tick=tick)
    assert "went wrong" in bad["error"]
    assert good["reply"]
