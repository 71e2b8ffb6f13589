"""Projects: a brief that stays until it is handed in, one a week for a group, points and cheers within their bounds."""

import asyncio
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection, Table, func, select

from adapters.telegram.outs import Words
from adapters.telegram.render import render
from bot.ask import Account, Ask, Place, Role
from bot.commands import by_name
from bot.library import Library
from bot.reply import Reply
from bot.store import groups, learners, submissions
from bot.store.database import Database
from bot.store.submissions import Listed
from bot.store.tables import brief, cheer, points, score
from tests import ready
from tests.world import START, World, buttons, content, words, world

WEEK = timedelta(days=7)
G1, G2, PRIVATE = Place("console", "g1"), Place("console", "g2"), Place("console")
EVERY = sorted(content().projects)
MIRROR = "A mirror that shows"


def given(reply: Reply) -> str:
    """The title of the project that a reply is about."""
    return words(reply).splitlines()[0].removeprefix("## ")


def learner(cairn: World, who: str) -> int:
    return cairn.database.do(lambda connection: learners.arrive(connection, Account("console", who), START).id)


def worth(cairn: World, who: str) -> tuple[int, int]:
    """Somebody's points in the ledger, and those on every board of all time where they are: the same, or it fails."""
    me = learner(cairn, who)

    def read(connection: Connection) -> tuple[int, list[int]]:
        total = select(func.coalesce(func.sum(points.c.amount), 0)).where(points.c.learner_id == me)
        boards = select(score.c.points).where(score.c.learner_id == me, score.c.span == "all")
        return connection.execute(total).scalar_one(), list(connection.execute(boards).scalars())

    total, boards = cairn.database.do(read)
    assert set(boards) <= {total}
    return total, len(boards)


def count(cairn: World, table: Table) -> int:
    with cairn.database.engine.begin() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def together(cairn: World, line: str, people: list[str]) -> list[str]:
    """Everybody says the same at the same moment; what they read."""

    async def storm() -> list[Reply | None]:
        asks = [Ask(line, Account("console", who, who), cairn.place, cairn.now) for who in people]
        return await asyncio.gather(*map(cairn.engine.answer, asks))

    return [words(reply) for reply in asyncio.run(storm())]


def handed(cairn: World, who: str, place: Place = G1) -> None:
    """Somebody hands the group's project in."""
    cairn.place = place
    cairn.say("/project", who)
    assert "Handed in" in words(cairn.say(f"/submit https://example.org/{who}", who))


def group_of(cairn: World, place: Place) -> groups.Group:
    found = cairn.database.do(lambda connection: groups.find(connection, place))
    assert found
    return found


def listed(cairn: World, place: Place = G1) -> list[Listed]:
    here = group_of(cairn, place).id
    return cairn.database.do(lambda connection: submissions.of_group(connection, here, 10))


def removed(cairn: World, submission: int, place: Place = G1) -> bool:
    here = group_of(cairn, place).id
    return cairn.database.do(lambda connection: submissions.remove(connection, here, submission))


def mute(cairn: World, who: str) -> None:
    here, whom = group_of(cairn, G1).id, learner(cairn, who)
    assert cairn.database.do(lambda connection: groups.mute(connection, here, whom, True))


def test_a_project_stays_mine_until_it_is_handed_in_and_then_a_fresh_one_comes(quick: World) -> None:
    seen = []
    for _ in EVERY:
        title = given(quick.say("/project"))
        assert given(quick.say("/project")) == title
        seen.append(title)
        quick.now += timedelta(days=5)  # all of them within a year, after which one may come again
        quick.say("/submit https://example.org/x")
    assert len(set(seen)) == len(EVERY)
    assert seen[0].startswith(MIRROR)
    assert given(quick.say("/project")) == seen[0], "all are through: the one that rested longest"


def test_another_one_goes_round_the_level_without_staying(quick: World) -> None:
    first = given(quick.say("/project"))
    level = sum(each.level == "beginner" for each in content().projects.values())
    titles = {first} | {given(quick.press("Another one")) for _ in range(level - 1)}
    assert len(titles) == level
    assert given(quick.press("Another one")) == first
    assert count(quick, brief) == level


def test_a_level_may_be_wished_and_others_follow_from_what_is_known(quick: World) -> None:
    assert "advanced" in words(quick.say("/project adv"))
    for step in [*content().roadmaps["backend"].steps.values()][:60]:
        quick.say(f"/done {step.members[0].topic}", "ann")
    assert "intermediate" in words(quick.say("/project", "ann"))
    assert "✓" in words(quick.last)


@pytest.mark.parametrize("project", EVERY)
def test_a_project_fits_two_messages_and_its_buttons_a_line(quick: World, project: str) -> None:
    quick.library.content = msgspec.structs.replace(content(), projects={project: content().projects[project]})
    for line in ("/project", "/project part=hints", "/project part=stretch"):
        outs = render(quick.say(line))
        assert sum(len(out.pages) for out in outs if isinstance(out, Words)) <= 2
        assert all(len(button.line.encode()) <= 64 for button in buttons(quick.last))


def test_content_without_projects_says_so(tmp_path: Path, little: Path) -> None:
    with world(ready.sqlite(tmp_path), little) as cairn:
        assert "no projects yet" in words(cairn.say("/project"))
        assert "no project yet" in words(cairn.say("/submit https://example.org/x"))
        cairn.place = G1
        assert "no projects yet" in words(cairn.say("/project"))


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("ftp://example.org/x", "no https address"),
        ("https://", "no https address"),
        ("https://example/x", "no https address"),
        ("https://127.0.0.1/x", "no https address"),
        ("https://[::1]/x", "no https address"),
        ("https://example.org:0/x", "no https address"),
        ("https://example.org:port/x", "no https address"),
        ("https://exa_mple.org/x", "no https address"),
        ("https://ann@example.org/x", "a name before its host"),
        ("https://example.org/<x>", "no blanks, quotes"),
        ("https://example.org/\u200dx", "no blanks, quotes"),
        ("https://bücher.example/x", "no blanks, quotes"),
        ("https://example.org/`x`", "no blanks, quotes"),
        ('"https://example.org/a b"', "no blanks, quotes"),
        ("https://dsc.gg/x", "leads into a chat"),
        ("https://discord.com/invite/x", "leads into a chat"),
        ("https://example.org/" + "x" * 500, "520 characters; keep it to 500"),
    ],
)
def test_what_is_no_address_of_something_made_is_refused(quick: World, link: str, told: str) -> None:
    quick.say("/project")
    assert told in words(quick.say(f"/submit {link}"))
    assert "handed nothing in" in words(quick.say("/projects"))


def test_a_long_note_is_refused_and_a_form_gives_the_same(quick: World) -> None:
    quick.say("/project")
    button = quick.button("Hand it in")
    assert button.fill == ("link", "note")
    assert "keep it to 500" in words(quick.say(f"{button.line} https://example.org/x {'n' * 501}"))
    assert "Handed in" in words(quick.say(f'{button.line} link=https://example.org/?a=b&c=d note="it runs"'))
    assert "<https://example.org/?a=b&c=d>\nit runs" in words(quick.last)


def test_one_project_a_week_brings_points_and_each_once(cairn: World) -> None:
    handed(cairn, "ann")
    assert worth(cairn, "ann") == (100, 1)
    cairn.say("/submit https://example.org/better", "ann")
    assert "now these" in words(cairn.last)
    cairn.place = PRIVATE
    cairn.say("/project advanced", "ann")
    assert "yours of this week has" in words(cairn.say("/submit https://example.org/second", "ann"))
    assert worth(cairn, "ann") == (100, 1)
    cairn.now += WEEK
    cairn.say("/project intermediate", "ann")
    assert "It brings 100 points" in words(cairn.say("/submit https://example.org/third", "ann"))
    assert worth(cairn, "ann") == (200, 1)
    assert "Streak: 1 days" in words(cairn.say("/progress", "ann"))


def test_the_first_who_asks_fixes_the_groups_week_even_at_the_same_moment(cairn: World) -> None:
    cairn.place = G1
    said = together(cairn, "/project", ["ann", "ben", "cid", "dan"] * 2)
    assert len({text.splitlines()[0] for text in said}) == 1
    assert count(cairn, brief) == 1


def test_a_groups_project_follows_what_its_members_know_and_only_its_administrators_wish(quick: World) -> None:
    for step in [*content().roadmaps["backend"].steps.values()][:60]:
        quick.say(f"/done {step.members[0].topic}", "ann")
    quick.place = G1
    quick.say("/progress", "ann")
    quick.say("/progress", "ben")
    shown = quick.say("/project", "ben")
    assert "intermediate" in words(shown), "ben has done nothing yet"
    title = given(shown)
    assert "Only an administrator" in words(quick.say("/project another=yes", "ben"))
    quick.role = Role.ADMIN
    quick.say("/project", "olga")
    assert given(quick.press("Another one")) != title


def test_a_groups_week_begins_where_it_lives(quick: World) -> None:
    quick.place = G1
    title = given(quick.say("/project"))  # a Sunday
    here = group_of(quick, G1).id
    quick.now += timedelta(days=1)
    assert given(quick.say("/project")) != title, "Monday begins a week"
    quick.now -= timedelta(days=1)
    quick.database.do(lambda connection: groups.change(connection, here, "zone", "America/Lima"))
    later = given(quick.say("/project"))
    quick.now += timedelta(days=6)
    assert given(quick.say("/project")) == later, "in Peru it is Sunday that does"


def test_cheers_count_once_each_up_to_the_weeks_bound_and_name_nobody(cairn: World) -> None:
    handed(cairn, "ann")
    handed(cairn, "ben")
    fans = [f"fan{number}" for number in range(7)]
    for who in fans:
        cairn.say("/projects", who)
    line = next(button.line for button in buttons(cairn.last) if button.label == "Cheer 2")
    said = together(cairn, line, fans * 2)
    assert sum("counts." in text for text in said) == len(fans) + len(fans), (
        "each hears that it counts, or that once does"
    )
    assert sum("already" in text for text in said) == len(fans)
    assert worth(cairn, "ann") == (125, 1)
    assert worth(cairn, "ben") == (100, 1)
    assert count(cairn, cheer) == len(fans)
    assert "by ann · 7 cheers" in words(cairn.say("/projects"))
    with cairn.database.engine.begin() as connection:
        keys = connection.execute(select(points.c.key).where(points.c.reason == "cheer")).scalars().all()
    assert sorted(keys) == [f"cheer 2026-W47 {number}" for number in range(1, 6)]
    cairn.now += WEEK
    assert "counts." in words(cairn.say(line, "late"))
    assert worth(cairn, "ann") == (130, 1)


def test_two_who_cheer_each_other_at_the_same_moment_both_count(cairn: World) -> None:
    handed(cairn, "ann")
    handed(cairn, "ben")
    by = {each.name: each.id for each in listed(cairn)}

    async def both() -> list[Reply | None]:
        lines = {"ann": f"/cheer {by['ben']}", "ben": f"/cheer {by['ann']}"}
        asks = [Ask(line, Account("console", who, who), G1, cairn.now) for who, line in lines.items()]
        return await asyncio.gather(*map(cairn.engine.answer, asks))

    assert all("counts." in words(reply) for reply in asyncio.run(both()))
    assert [worth(cairn, who) for who in ("ann", "ben")] == [(105, 1), (105, 1)]


def test_who_is_muted_or_has_left_is_not_shown_and_the_muted_hand_nothing_in(quick: World) -> None:
    for who in ("ann", "ben", "cid"):
        handed(quick, who)
    mute(quick, "ben")
    gone = learner(quick, "cid")
    quick.database.do(lambda connection: groups.leave(connection, G1, gone, "cid", True))
    shown = words(quick.say("/projects", "ann"))
    assert "by ann" in shown
    assert "by ben" not in shown
    assert "by cid" not in shown
    assert "muted you here" in words(quick.say("/submit https://example.org/again", "ben"))
    mine = next(each.id for each in listed(quick) if each.name == "ann")
    assert "muted you here" in words(quick.say(f"/cheer {mine}", "ben"))
    assert "by cid" in words(quick.say("/projects", "cid")), "back again"
    quick.place = PRIVATE
    assert "no group of yours" in words(quick.say(f"/cheer {mine}", "eve"))
    assert "counts." in words(quick.say(f"/cheer {mine}", "cid")), "a member may cheer from anywhere"


def test_what_an_administrator_removed_is_gone_from_that_group_with_its_points(cairn: World) -> None:
    handed(cairn, "ann")
    handed(cairn, "ben")
    (ben, ann) = listed(cairn)
    assert [(each.name, each.project, each.removed) for each in (ben, ann)] == [
        ("ben", "request-mirror", False),
        ("ann", "request-mirror", False),
    ]
    assert removed(cairn, ann.id)
    assert not removed(cairn, ann.id)
    assert not removed(cairn, 99)
    assert [each.removed for each in listed(cairn)] == [False, True]
    assert worth(cairn, "ann")[0] == 0
    assert worth(cairn, "ben") == (100, 1)
    assert "by ann" not in words(cairn.say("/projects", "ben"))
    assert "no group of yours" in words(cairn.say(f"/cheer {ann.id}", "ben"))
    assert "there it stays out" in words(cairn.say("/submit https://example.org/again", "ann"))
    assert "by ann" not in words(cairn.say("/projects", "ben"))
    assert worth(cairn, "ann")[0] == 0
    cairn.place = PRIVATE
    assert "https://example.org/again" in words(cairn.say("/projects", "ann")), "what is mine stays mine"


def test_shown_in_another_group_it_keeps_its_points(quick: World) -> None:
    handed(quick, "ann")
    quick.place = G2
    quick.say("/project", "ann")
    assert "now these" in words(quick.say("/submit https://example.org/x", "ann"))
    ann = listed(quick)[0].id
    assert removed(quick, ann, G1)
    assert worth(quick, "ann") == (100, 2)
    assert "by ann" in words(quick.say("/projects", "ann"))
    assert removed(quick, ann, G2)
    assert worth(quick, "ann")[0] == 0


def test_removing_the_second_of_a_week_takes_nothing(quick: World) -> None:
    handed(quick, "ann")
    quick.role = Role.ADMIN
    quick.say("/project advanced", "ann")
    quick.say("/submit https://example.org/second", "ann")
    assert removed(quick, listed(quick)[0].id)
    assert worth(quick, "ann") == (100, 1)


def test_ten_are_shown_and_then_ten_more(quick: World) -> None:
    for number in range(12):
        handed(quick, f"m{number:02}")
        quick.now += timedelta(minutes=1)
    shown = words(quick.say("/projects"))
    assert "by m11" in shown
    assert "by m02" in shown
    assert "by m01" not in shown
    rest = words(quick.press("More"))
    assert "**11. " in rest
    assert "by m00" in rest
    assert "More" not in [button.label for button in buttons(quick.last)]


def test_a_project_that_left_the_content_breaks_nothing(url: str) -> None:
    with world(url) as cairn:
        handed(cairn, "ann")
        cairn.place = PRIVATE
        cairn.say("/project", "ben")
    fewer = {name: each for name, each in content().projects.items() if name != "request-mirror"}
    database = Database.open(url)
    try:
        cairn = World(database, Library(msgspec.structs.replace(content(), projects=fewer), by_name()))
        cairn.place = G1
        assert "1. request-mirror** by ann" in words(cairn.say("/projects", "ben"))
        assert "counts." in words(cairn.say(cairn.button("Cheer 1").line, "ben"))
        assert "no project of this week" in words(cairn.say("/submit https://example.org/x", "ben"))
        assert MIRROR not in words(cairn.say("/project", "ben"))
        cairn.place = PRIVATE
        assert "request-mirror" in words(cairn.say("/projects", "ann"))
        assert MIRROR not in words(cairn.say("/project", "ben"))
    finally:
        database.close()
