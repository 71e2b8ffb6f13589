"""The one path: finding, allowing, reading and running a command, and what happens when any of it fails."""

import logging
from typing import Annotated

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.ask import Place, Role
from bot.call import MAX_LINE
from bot.chat import Chat
from bot.command import Where, command
from bot.kinds import FreeText, Number, OneOf, TopicName
from bot.library import Library
from bot.reply import Draft, Quiz, Reply
from bot.roadmap.model import Topic
from tests.world import World, buttons, words


@command("boom", "Fails")
def boom(chat: Chat) -> Reply:
    chat.keep("test", "key", "value", chat.now)
    raise RuntimeError("a secret detail")


@command("both", "Takes a topic and two words")
def both(
    chat: Chat,
    topic: Annotated[Topic | None, TopicName()] = None,
    depth: Annotated[str, OneOf(("short", "deep"))] = "short",
    count: Annotated[int, Number(1, 20)] = 5,
) -> Reply:
    return Draft(about=[topic.id] if topic else []).say(f"{topic.id if topic else 'none'} {depth} {count}").reply()


@command("say", "Takes free text")
def say(chat: Chat, text: Annotated[str, FreeText(20)]) -> Reply:
    return Draft().say(text).reply()


@command("gate", "For administrators of a group", role=Role.ADMIN, where=Where.GROUP)
def gate(chat: Chat) -> Reply:
    return Draft().say("open").reply()


@command("house", "For the clock", role=Role.HOUSE)
def house(chat: Chat) -> Reply:
    return Draft().say("hello, clock").reply()


@pytest.fixture
def made(quick: World) -> World:
    """A Cairn with a few commands more."""
    more = {one.name: one for one in (boom, both, say, gate, house)}
    return World(quick.database, Library(quick.library.content, {**quick.library.commands, **more}))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/both", "none short 5"),
        ("/both 3", "none short 3"),
        ("/both deep 3", "none deep 3"),
        ("/both sharding 3", "sharding-strategies short 3"),
        ("/both web security deep", "web-security deep 5"),
        ("/both CI / CD", "ci-cd short 5"),
        ("/both ci cd deep 7", "ci-cd deep 7"),
        ("/both Long / Short Polling", "long-short-polling short 5"),
        ("/both Long / Short Polling short", "long-short-polling short 5"),
        ('/both "web security" count=9', "web-security short 9"),
        ("/both count=9 topic=redis", "redis short 9"),
        ("/BOTH Sharding", "sharding-strategies short 5"),
        ("/both\nsharding\tdeep", "sharding-strategies deep 5"),
    ],
)
def test_words_find_their_parameters(made: World, line: str, said: str) -> None:
    assert words(made.say(line)) == said


def test_a_missing_topic_is_asked_for_with_buttons(made: World) -> None:
    reply = made.say("/done")
    assert "Which topic?" in words(reply)
    assert "introduction" in [button.line.split()[-1] for button in buttons(reply)]
    assert reply.about == ()
    made.press("Introduction")
    assert "Done: **Introduction**" in words(made.last)


def test_missing_free_text_is_asked_for_with_a_button_that_fills(made: World) -> None:
    (button,) = buttons(made.say("/note caching"))
    assert button.line == "/note caching"
    assert button.fill == ("text",)
    assert "kept" in words(made.say(f'{button.line} text="x y"'))


def test_an_unknown_command_offers_the_nearest_with_what_was_said(made: World) -> None:
    reply = made.say("/expalin sharding")
    assert "no command" in words(reply)
    made.press("/explain")
    assert made.last is not None
    assert made.last.about == ("sharding-strategies",)


def test_a_topic_that_is_not_meant_clearly_is_asked_back(made: World) -> None:
    for text, told in (("react hooks", "not on this roadmap"), ("sql or nosql or what", "One of these?")):
        reply = made.say(f"/done {text}")
        assert reply.about == ()
        assert told in words(reply)


def test_a_number_out_of_range_is_told_its_limits(made: World) -> None:
    assert "from 1 to 20" in words(made.say("/both sharding count=99"))
    assert "keep it to 20" in words(made.say("/say " + "x" * 21))


def test_words_that_fit_nowhere_are_named(made: World) -> None:
    reply = made.say("/undo please")
    assert "please" in words(reply)
    assert "/undo" in words(reply)


def test_roles_and_places(made: World) -> None:
    assert "works in a group" in words(made.say("/gate"))
    made.place = Place("console", "g1")
    assert "administrators" in words(made.say("/gate"))
    made.role = Role.ADMIN
    assert words(made.say("/gate")) == "open"


def test_what_is_the_houses_is_unknown_to_everybody_else(made: World) -> None:
    made.role = Role.ADMIN
    assert "no command" in words(made.say("/house"))
    assert "house" not in words(made.say("/help"))
    made.role = Role.HOUSE
    assert words(made.say("/house")) == "hello, clock"


def test_an_owner_is_known_by_account(made: World) -> None:
    engine = World(made.database, made.library, frozenset({("console", "me")}), place=Place("console", "g1"))
    assert words(engine.say("/gate")) == "open"
    assert "administrators" in words(engine.say("/gate", who="you"))


def test_a_command_that_fails_says_so_logs_it_and_changes_nothing(
    made: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        reply = made.say("/boom")
    assert "went wrong" in words(reply)
    assert "secret" not in words(reply)
    assert "a secret detail" in caplog.text
    with made.database.engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM keep").scalar() == 0
    assert "Done" in words(made.say("/done introduction"))


def test_a_private_answer_is_marked(made: World) -> None:
    assert made.say("/settings").private
    assert made.say("/done").private
    assert not made.say("/explain sharding").private


NASTY = [
    "\x00",
    "\x1b[31m",
    "\u202eabc",
    "\ud800",
    "👩‍👩‍👧‍👦",
    "```\nbreak out",
    "[x](javascript:y)",
    "**",
    "/",
    "//",
    "/ x",
    "/\x00",
    "/explain \x00",
    "/note sharding \ud800\x00\x07 \u202e",
    "/explain " + "a" * 7000,
    '/explain "',
    "/explain topic=",
    "/done =",
    "/next minutes=٣",
    "/next -1",
    "/path language=",
    "/path language=sharding",
    "/path route=",
    "/settings zone=",
    "/settings zone=../../etc/passwd",
    "/settings name=" + "x" * 40,
    "/explain '; DROP TABLE learner; --",
    "%s %d {0}",
    "{x}",
]


@pytest.mark.parametrize("text", NASTY)
def test_bad_input_gets_a_normal_reply(cairn: World, text: str, caplog: pytest.LogCaptureFixture) -> None:
    reply = cairn.say(text)
    said = words(reply)
    assert said
    assert "went wrong" not in said
    assert not set(said) & set("\x00\x1b\u202e\ud800\x07")
    assert caplog.records == []


def test_a_text_that_is_too_long_is_refused_politely(quick: World) -> None:
    assert str(MAX_LINE) in words(quick.say("x" * 100_000))
    assert str(MAX_LINE) in words(quick.say("/note sharding " + "\U0001f600" * 100_000))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80) | st.from_regex(r"/(explain|done|path|note|next|settings|help|map|progress) .{0,40}"))
@example("/path server-side=\u202a")
def test_any_text_gets_a_reply_without_an_error(quick: World, text: str) -> None:
    if text.strip():
        assert "went wrong" not in words(quick.say(text))


def _query_only(cairn: World, state: str) -> None:
    connection = cairn.database.engine.raw_connection()
    connection.cursor().execute(f"PRAGMA query_only={state}")
    connection.close()


def test_a_database_that_fails_is_told_in_words(quick: World, caplog: pytest.LogCaptureFixture) -> None:
    quick.say("/done introduction")
    _query_only(quick, "ON")
    assert "nothing was changed" in words(quick.say("/done backend"))
    _query_only(quick, "OFF")
    assert "Done" in words(quick.say("/done backend"))
    assert "database failed" in caplog.text


def test_every_reply_offers_its_next_likely_line(quick: World) -> None:
    for one in quick.library.menu.values():
        reply = quick.say(one.example)
        assert buttons(reply) or any(isinstance(block, Quiz) for block in reply.blocks), one.name
        for button in buttons(reply):
            assert len(button.line.encode()) <= 64, button.line
            following = quick.say(button.line)
            assert "no command" not in words(following)


def test_completion(quick: World) -> None:
    import asyncio

    from bot.ask import Account, Ask

    def suggest(text: str) -> list[str]:
        ask = Ask(text, Account("console", "me"), Place("console"), quick.now)
        return [choice.value for choice in asyncio.run(quick.engine.suggest(ask))]

    assert suggest("/explain web s")[0] == "web-security"
    assert suggest("/explain shar")[0] == "sharding-strategies"
    assert suggest("shar")[0] == "sharding-strategies"
    assert suggest("/explain sharding d")[0] == "deep"
    assert suggest("/ex") == ["/explain", "/export"]
    assert suggest("/settings depth=d") == ["deep"]
    assert suggest("/settings zone=europe/ber") == ["Europe/Berlin"]
    assert suggest("/path language=py")[0] == "python"
    assert len(set(suggest("/done "))) == 25
    assert suggest("/nothing x") == []
    assert suggest("/note sharding hel") == []
