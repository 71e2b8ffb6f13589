"""The store on both databases: the log, undo, renamed topics, notes, what is kept, and the outbox."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from bot.ask import Account, Place
from bot.keep import Keep
from bot.learning.path import Standing, State
from bot.store import kept, learners, outbox, progress
from bot.store.tables import event
from bot.store.tables import progress as progress_table
from tests.world import START, World, words

ME = Account("console", "me", "Me")


def standing(cairn: World, renamed: dict[str, str] | None = None, who: str = "me") -> Standing:
    def read(connection: Connection) -> Standing:
        learner = learners.arrive(connection, Account("console", who), START)
        return progress.standing(connection, learner.id, "backend", renamed or {})

    return cairn.database.do(read)


def test_a_learner_is_met_once_and_renamed_when_the_platform_says_so(cairn: World) -> None:
    first = cairn.database.do(lambda connection: learners.arrive(connection, ME, START))
    again = cairn.database.do(lambda connection: learners.arrive(connection, Account("console", "me", "Ann"), START))
    other = cairn.database.do(lambda connection: learners.arrive(connection, Account("discord", "me", "Me"), START))
    assert (again.id, again.shown) == (first.id, "Ann")
    assert other.id != first.id


def test_every_step_is_an_event_and_undo_is_one_too(cairn: World) -> None:
    for line in ("/learn caching", "/done caching", "/path language=go", "/path language=rust", "/next later=http"):
        cairn.say(line)
    assert standing(cairn).states == {"caching": State.DONE}
    assert standing(cairn).choices == {"language": "rust"}
    assert "what-is-http" in standing(cairn).put_off
    said = [words(cairn.say("/undo")) for _ in range(6)]
    assert "HTTP" in said[0]
    assert "Rust" in said[1]
    assert standing(cairn) == Standing()
    assert "nothing to take back" in said[5]
    with cairn.database.engine.begin() as connection:
        kinds = connection.execute(select(event.c.kind).order_by(event.c.id)).scalars().all()
    assert kinds == ["learning", "done", "choose", "choose", "later"] + ["undo"] * 5


def test_undo_goes_back_step_by_step_past_what_was_undone(cairn: World) -> None:
    for line in ("/done caching", "/done redis", "/undo", "/done docker", "/undo", "/undo"):
        cairn.say(line)
    assert standing(cairn).states == {}


moves = st.lists(
    st.sampled_from(["/learn a", "/done a", "/skip a", "/learn b", "/done b", "/undo", "/path language=go"]),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves)
def test_undo_takes_back_exactly_the_last_step(quick: World, lines: list[str]) -> None:
    who = f"learner {hash(tuple(lines))}"
    history = [standing(quick, who=who)]
    for line in lines:
        quick.say(line.replace(" a", " caching").replace(" b", " docker"), who)
        now = standing(quick, who=who)
        if line == "/undo":
            history = history[:-1] or history
            assert (now.states, now.choices) == (history[-1].states, history[-1].choices)
        elif (now.states, now.choices) != (history[-1].states, history[-1].choices):
            history.append(now)


def test_the_log_is_never_changed(cairn: World) -> None:
    def log() -> list[tuple[object, ...]]:
        with cairn.database.engine.begin() as connection:
            return [tuple(row) for row in connection.execute(select(event).order_by(event.c.id))]

    before: list[tuple[object, ...]] = []
    for line in ("/done caching", "/skip caching", "/undo", "/learn docker", "/undo", "/undo"):
        cairn.say(line)
        assert log()[: len(before)] == before
        before = log()
    assert len(before) == 6


def test_a_renamed_or_merged_topic_keeps_its_progress(cairn: World) -> None:
    learner = cairn.database.do(lambda connection: learners.arrive(connection, ME, START))

    def both(connection: Connection) -> None:
        progress.move(connection, learner.id, "old-name", State.DONE, None, START)
        progress.move(connection, learner.id, "caching", State.SKIPPED, None, START)

    cairn.database.do(both)
    assert standing(cairn, {"old-name": "caching"}).states == {"caching": State.DONE}
    cairn.database.do(
        lambda connection: progress.move(
            connection, learner.id, "caching", State.LEARNING, State.DONE, START, ("old-name",)
        )
    )
    assert standing(cairn, {"old-name": "caching"}).states == {"caching": State.LEARNING}
    cairn.database.do(lambda connection: progress.undo(connection, learner.id, {"old-name": "caching"}, START))
    assert standing(cairn, {"old-name": "caching"}).states == {"caching": State.DONE}


def test_states_are_one_row_a_topic(cairn: World) -> None:
    for line in ("/done caching", "/learn caching", "/done caching"):
        cairn.say(line)
    with cairn.database.engine.begin() as connection:
        assert connection.execute(select(func.count()).select_from(progress_table)).scalar() == 1


def test_a_note_is_kept_shown_and_removed(cairn: World) -> None:
    cairn.say("/note caching first")
    cairn.say("/note caching ask *Ann*\nabout TTLs")
    assert "> ask \\*Ann\\*\n> about TTLs" in words(cairn.say("/explain caching"))
    cairn.say("/note caching -")
    assert "Your note" not in words(cairn.say("/explain caching"))


async def test_what_an_adapter_keeps_has_an_end(cairn: World) -> None:
    keep = Keep(cairn.database)
    until = START + timedelta(hours=1)
    await keep.put("test-poll", "7", "one", until)
    await keep.put("test-poll", "7", "two", until)
    assert await keep.get("test-poll", "7", START) == "two"
    assert await keep.get("test-poll", "8", START) is None
    assert await keep.get("test-poll", "7", until) is None
    assert cairn.database.do(lambda connection: kept.reap(connection, until)) == 1


def test_what_is_posted_elsewhere_is_joined_by_key(cairn: World) -> None:
    place = Place("console", "g1")

    def post(connection: Connection) -> bool:
        return outbox.post(connection, "key", place, "", "/next", START, None)

    assert cairn.database.do(post)
    assert not cairn.database.do(post)


def test_settings_last(cairn: World) -> None:
    cairn.say("/settings zone=Tokyo name=Ann depth=short")
    assert "Asia/Tokyo" in words(cairn.say("/settings"))
    assert "Hello Ann" in words(cairn.say("/start"))
    assert "Where are you" not in words(cairn.last)
    assert "### Remember" in words(cairn.say("/explain sharding"))
    assert "### Choosing" not in words(cairn.last)
