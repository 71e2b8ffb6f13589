"""Which project fits, and what other people's words may do: rules that hold for anything."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.ask import clean
from bot.defuse import INVITES, defuse, invites, shown_link
from bot.learning.fitting import LEVELS, REST, fitting, level_at
from bot.roadmap.model import Project

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TOPICS = ("a", "b", "c", "d")

levels = st.sampled_from(LEVELS)
topics = st.lists(st.sampled_from(TOPICS), unique=True, max_size=3)
known = st.dictionaries(st.sampled_from(TOPICS), st.sampled_from([0.25, 0.5, 1.0]))
percents = st.integers(0, 100)


def made(project_id: str, level: str, topics: tuple[str, ...] = ()) -> Project:
    return Project(project_id, project_id, level, 8, topics, "", ())


projects = st.lists(st.tuples(levels, topics), min_size=1, max_size=7).map(
    lambda each: [made(f"p{at}", level, tuple(names)) for at, (level, names) in enumerate(each)]
)
pasts = st.dictionaries(st.sampled_from([f"p{at}" for at in range(7)]), st.integers(1, 900)).map(
    lambda ago: {project: NOW - timedelta(days=days) for project, days in ago.items()}
)


@pytest.mark.parametrize(
    ("percent", "level"),
    [
        (0, "beginner"),
        (32, "beginner"),
        (33, "intermediate"),
        (74, "intermediate"),
        (75, "advanced"),
        (100, "advanced"),
    ],
)
def test_the_level_follows_what_is_done(percent: int, level: str) -> None:
    assert level_at(percent) == level


def test_of_a_level_the_one_of_which_most_is_known_is_given_first() -> None:
    some = [made("x", "beginner", ("a", "b")), made("y", "beginner", ("c", "d")), made("z", "advanced", ("c",))]
    assert fitting(some, {"c": 1.0}, 0, {}, NOW) == some[1]
    assert fitting(some, {"c": 0.5, "a": 1.0}, 0, {}, NOW) == some[0]
    assert fitting([], {}, 0, {}, NOW) is None


def test_after_a_level_is_through_the_nearest_level_comes_before_a_repetition_within_a_year() -> None:
    some = [made("x", "beginner"), made("y", "intermediate"), made("z", "advanced")]
    assert fitting(some, {}, 0, {"x": NOW - timedelta(days=20)}, NOW) == some[1]
    assert fitting(some, {}, 0, {"x": NOW - REST}, NOW) == some[0]
    assert fitting(some, {}, 0, {"x": NOW - timedelta(days=20)}, NOW, "beginner") == some[0]


@given(projects, known, percents, pasts, st.one_of(st.just(""), levels))
def test_the_one_that_fits(
    some: list[Project], known: dict[str, float], percent: int, past: dict[str, datetime], wished: str
) -> None:
    chosen = fitting(some, known, percent, past, NOW, wished)
    assert chosen
    assert chosen == fitting(some[::-1], known, percent, past, NOW, wished), "in whatever order they come"
    level = wished or level_at(percent)
    of_level = [each for each in some if each.level == level]
    fresh = [each for each in some if each.id not in past or NOW - past[each.id] >= REST]
    if wished and of_level:
        assert chosen.level == wished
    if not wished and fresh:
        assert chosen in fresh, "none within a year while another is left"
    if {each.id for each in of_level} - past.keys():
        assert chosen.level == level
        assert chosen.id not in past, "none again until all of the level are through"


_sharp = st.sampled_from(
    ["@", "#", "<", "/", ":", ".", "everyone", "here", "123", "&", "!", "discord", "gg", "t.me", "\n"]
)
_words = st.one_of(st.text(max_size=40), st.lists(st.one_of(_sharp, st.characters()), max_size=25).map("".join))


@given(_words)
@example("@everyone <@123> <@&1> <#1> </forget:1> discord.gg/abc https://discord.com/invite/x T.ME/y telegram.me/z")
@example("discord\u200b.gg/x @\u200beveryone")
def test_nothing_in_other_peoples_words_calls_links_or_invites(text: str) -> None:
    shown = clean(defuse(text))
    assert not re.search(r"[@#/]\w", shown)
    assert not re.search(r"\w\.\w", shown)
    assert "://" not in shown
    assert not any(invite in shown.casefold() for invite in INVITES)
    assert not re.search(r"(?<!\\)[<>`*_\[\]|~]", shown.replace(r"\\", ""))
    assert "\n" not in shown


def test_words_stay_readable() -> None:
    assert defuse("It stores 3 notes, and more. Nice, isn't it?") == "It stores 3 notes, and more. Nice, isn't it?"
    assert defuse("see  @ann").replace("\u200d", "") == "see @ann"


@pytest.mark.parametrize(
    "link",
    [
        "https://discord.gg/abc",
        "https://DISCORD.gg./abc",
        "https://www.discord.com//invite/abc",
        "https://discord.com/%69nvite/abc",
        "https://discord.com/x/../Invite/abc",
        "https://discordapp.com/invite",
        "https://t.me/joinchat",
        "https://someone.t.me",
        "https://telegram.me:443/x",
    ],
)
def test_an_invitation_is_known_however_it_is_written(link: str) -> None:
    assert invites(link)


@pytest.mark.parametrize(
    "link",
    ["https://discord.com/developers", "https://example.org/discord.gg/x", "https://not.me/t.me", "https://at.me"],
)
def test_what_only_resembles_an_invitation_is_none(link: str) -> None:
    assert not invites(link)


def test_a_name_in_a_link_calls_nobody() -> None:
    assert shown_link("https://example.org/@ann/x_y") == "<https://example.org/%40ann/x_y>"
