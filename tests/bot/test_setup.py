"""Setting groups up: likely zones, who is told when a place is gone, groups side by side, moving and deleting."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select

from bot.ask import Account, Ask, Place, Role
from bot.locales import zone_of
from bot.port import Gone, Sent
from bot.reply import Reply
from bot.rights import MENTION, POLL, SEND, THREAD, told
from bot.store.tables import answer, group, member, outbox, points, quiz, series
from scheduler.deliver import Delivery
from tests.world import START, Sink, World, buttons, words

G1, THREAD1, G2 = Place("console", "g1"), Place("console", "g1", "t1"), Place("console", "g2")
DEFAULTS = "/setup defaults"


def admin(cairn: World, where: Place, line: str, who: str = "olga") -> Reply:
    """An administrator says a line in a place."""
    cairn.place, cairn.role = where, Role.ADMIN
    return cairn.say(line, who)


def house(cairn: World, line: str, where: Place = G1) -> Reply | None:
    """The platform tells something of the bot itself."""
    return asyncio.run(cairn.engine.answer(Ask(line, Account("console", ""), where, cairn.now, Role.HOUSE)))


class Closed(Sink):
    """A terminal in which one group lets nobody write."""

    async def send(self, place: Place, account: Account | None, reply: Reply, key: str = "") -> Sent:
        """Refuses that group."""
        if place.chat == "g1":
            raise Gone("not allowed to write there")
        return await super().send(place, account, reply, key)


def delivered(cairn: World, sink: Sink) -> list[tuple[str, str]]:
    """Whom in private, or in which chat, something was said after a tick: with its words."""
    sink.sent = []
    asyncio.run(cairn.engine.plan(cairn.now, timedelta()))
    asyncio.run(Delivery(cairn.database, cairn.engine.fresh, {"console": sink}).all(cairn.now))
    return [(sent.to or sent.place.chat, words(sent.reply)) for sent in sink.sent]


def count(cairn: World, table: Table) -> int:
    with cairn.database.engine.begin() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.mark.parametrize(
    ("language", "zone"),
    [
        ("de", "Europe/Berlin"),
        ("pt-BR", "America/Sao_Paulo"),
        ("en-GB", "Europe/London"),
        ("ja", "Asia/Tokyo"),
        ("sv_SE", "Europe/Stockholm"),
        ("en", ""),
        ("", ""),
        ("xx", ""),
        ("de-XX", ""),
    ],
)
def test_a_language_may_hint_at_a_zone(language: str, zone: str) -> None:
    assert zone_of(language) == zone


def test_the_first_zone_is_the_likeliest(quick: World) -> None:
    ask = Ask("/setup", Account("console", "olga", "olga"), G1, quick.now, Role.ADMIN, "fr")
    assert buttons(asyncio.run(quick.engine.answer(ask)))[0].label == "Europe/Paris"
    quick.say("/settings zone=Tokyo", "olga")
    assert buttons(asyncio.run(quick.engine.answer(ask)))[0].label == "Asia/Tokyo"
    assert "Europe/Lisbon" in words(admin(quick, G1, "/setup zone=Lisbon"))
    assert buttons(asyncio.run(quick.engine.answer(ask)))[0].label == "Europe/Lisbon"


def test_every_line_of_the_wizard_fits_a_button(quick: World) -> None:
    steps = ["/setup", "/setup zone=Berlin", "/setup hour", "/setup daily=09:00", "/setup days=daily"]
    for line in [*steps, "/setup weekly=off", "/group", "/group move", "/group reset", "/group delete"]:
        offered = buttons(admin(quick, G1, line))
        assert offered
        assert all(len(button.line.encode()) <= 64 for button in offered), line


def test_the_greeting_offers_one_thing(quick: World) -> None:
    assert [button.line for button in buttons(house(quick, "/added"))] == ["/setup"]


def test_what_is_to_be_done_there_is_checked(quick: World) -> None:
    assert admin(quick, G1, DEFAULTS).checks == (SEND, THREAD, POLL)
    there = Place("discord", "7")
    admin(quick, there, "/group mention=<@&123456>")
    shown = admin(quick, there, "/group preview")
    assert shown.private
    assert shown.checks == (SEND, THREAD, POLL, f"{MENTION} <@&123456>")
    assert "<@&123456>" in words(admin(quick, there, "/group"))
    assert admin(quick, there, "/group").checks == ()


def test_what_is_lacking_stands_above_the_buttons(quick: World) -> None:
    shown = admin(quick, G1, DEFAULTS)
    for lacking, sentence in (([], "every right"), (["Send Messages"], "- Send Messages")):
        made = told(shown, lacking)
        assert sentence in words(replace(made, blocks=made.blocks[:-1]))
        assert made.blocks[-1] == shown.blocks[-1]


def test_a_preview_uses_nothing_up(cairn: World) -> None:
    admin(cairn, G1, DEFAULTS)
    admin(cairn, G1, "/group next=caching")
    tables = (group, series, outbox, points, quiz)
    before = [count(cairn, table) for table in tables]
    first = words(admin(cairn, G1, "/group preview"))
    assert words(admin(cairn, G1, "/group preview")) == first
    assert [count(cairn, table) for table in tables] == before
    cairn.now = START + timedelta(days=1)
    daily = next(words(sent.reply).split("\n\n") for sent in cairn.tick() if sent.reply.about)
    assert daily[0] == "## Topic of the day: Caching"
    assert all(part in first for part in daily[:2])


def test_who_set_a_group_up_is_told_once_that_nothing_reaches_it(cairn: World) -> None:
    admin(cairn, G1, "/setup daily=09:00 days=daily weekly=off")
    admin(cairn, THREAD1, '/group daily=09:00 name="Night owls"', "otto")
    cairn.now = START + timedelta(days=1)
    sink = Closed()
    said = delivered(cairn, sink)
    assert sorted(who for who, _text in said) == ["olga", "otto"]
    assert "a group on Console" in dict(said)["olga"]
    assert "**Night owls**" in dict(said)["otto"]
    for day in range(2, 5):
        cairn.now = START + timedelta(days=day)
        assert delivered(cairn, sink) == []
    house(cairn, "/returned")
    assert delivered(cairn, Sink()) == [], "what was missed is not made up for"
    cairn.now = START + timedelta(days=5)
    assert [who for who, _text in delivered(cairn, Sink())] == ["g1", "g1"]


def test_removed_it_tells_the_setter_and_greeted_anew_it_goes_on(cairn: World) -> None:
    house(cairn, "/added")
    admin(cairn, G1, "/setup daily=09:00 days=daily weekly=off")
    house(cairn, "/removed")
    house(cairn, "/removed")
    assert [who for who, _text in delivered(cairn, Sink())] == ["olga"]
    cairn.now = START + timedelta(days=1)
    assert delivered(cairn, Sink()) == []
    assert house(cairn, "/added")
    cairn.now = START + timedelta(days=2)
    assert [who for who, _text in delivered(cairn, Sink())] == ["g1"]


def test_nobody_is_told_of_a_group_without_series_or_that_is_back_already(cairn: World) -> None:
    admin(cairn, G2, "/group name=Quiet")
    house(cairn, "/removed", G2)
    admin(cairn, G1, "/setup daily=09:00 days=daily weekly=off")
    house(cairn, "/removed")
    house(cairn, "/returned")
    assert delivered(cairn, Sink()) == []


def test_groups_of_one_chat_have_their_own_hours_paths_and_boards(cairn: World) -> None:
    for where, hour in ((G1, "09:00"), (THREAD1, "10:00")):
        admin(cairn, where, f"/setup daily={hour} days=daily weekly=off")
    admin(cairn, G1, "/group next=caching")
    cairn.now = START + timedelta(days=1)
    assert [(sent.place, sent.reply.about) for sent in cairn.tick()] == [(G1, ("caching",))]
    cairn.now += timedelta(hours=1)
    [sent] = cairn.tick()
    assert sent.place == THREAD1
    assert sent.reply.about != ("caching",)
    cairn.place = THREAD1
    cairn.say("/quiz sharding 1", "ann")
    cairn.answers(who="ann")
    assert "ann" in words(cairn.say("/leaderboard", "ben"))
    cairn.place = G1
    assert "Nobody stands here yet" in words(cairn.say("/leaderboard", "ben"))


def test_a_group_moves_with_members_board_and_hours_and_takes_in_who_is_there(cairn: World) -> None:
    admin(cairn, G1, "/setup zone=Berlin daily=09:00 days=daily weekly=off")
    cairn.say("/quiz sharding 1", "ann")
    cairn.answers(who="ann")
    cairn.place = G2
    cairn.say("/quiz caching 1", "ben")
    cairn.answers(who="ben")
    answers = count(cairn, answer)
    code = words(admin(cairn, G1, "/group move")).split("move=")[1][:8]
    assert "moves nothing" in words(admin(cairn, G2, f"/group move={code}", "otto"))
    assert "moves nothing" in words(admin(cairn, G2, "/group move=WRONG"))
    assert "stays on its platform" in words(admin(cairn, Place("discord", "7"), f"/group move={code}"))
    assert "is here now" in words(admin(cairn, G2, f"/group move={code.lower()}"))
    assert count(cairn, answer) == answers
    board = words(cairn.say("/leaderboard", "ann"))
    assert "ann" in board
    assert "ben" in board
    cairn.now = START + timedelta(days=1)
    assert {sent.place for sent in cairn.tick()} == {G2}


def test_a_deleted_group_leaves_nothing_but_what_everybody_learnt(cairn: World) -> None:
    admin(cairn, G1, DEFAULTS)
    cairn.say("/quiz sharding 1", "ann")
    cairn.answers(who="ann")
    cairn.now = START + timedelta(days=1)
    cairn.tick()
    learnt = (count(cairn, answer), count(cairn, points))
    assert "deleted" in words(admin(cairn, G1, "/group delete=yes"))
    assert [count(cairn, table) for table in (group, member, series, outbox)] == [0, 0, 0, 0]
    assert (count(cairn, answer), count(cairn, points)) == learnt
    admin(cairn, G1, "/setup daily=09:30 days=daily weekly=off")
    cairn.now += timedelta(minutes=30)
    assert len(cairn.tick()) == 1, "a group that begins anew is taught at once, whatever the old one was told today"


def test_a_reset_board_counts_from_then_on_for_whoever_joins_later_too(cairn: World) -> None:
    admin(cairn, G1, DEFAULTS)
    cairn.place = Place("console")
    cairn.say("/quiz sharding 1", "ann")
    cairn.answers(who="ann")
    cairn.now += timedelta(minutes=1)
    admin(cairn, G1, "/group reset=yes")
    admin(cairn, G1, "/group zone=Tokyo")
    assert "Nobody stands here yet" in words(cairn.say("/leaderboard", "ann"))
    assert "points" not in words(cairn.say("/leaderboard all", "ann")).replace("Nobody’s own points", "")
    cairn.place = Place("console")
    cairn.say("/quiz caching 1", "ann")
    cairn.answers(who="ann")
    cairn.place = G1
    assert "**ann**: 10 points" in words(cairn.say("/leaderboard all", "ann"))
