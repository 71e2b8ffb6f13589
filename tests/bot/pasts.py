"""Pasts of a few learners for the tests of joining: made from small numbers, so that they meet often."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from bot.ask import Account, Place
from bot.learning.days import local_day
from bot.learning.memory import Memory
from bot.learning.path import State
from bot.store import days, groups, ledger, memories, notes, progress, quizzes
from bot.store.memories import Known
from bot.store.statements import insert_once
from bot.store.tables import cheer, group, handed, learner, metadata, nudge, series, submission
from tests.world import START

ZONES = ("", "Asia/Tokyo", "America/Lima")
STATES = (State.LEARNING, State.SKIPPED, State.DONE)
KINDS = ("answer", "kept", "state", "later", "choose", "note", "quiz", "project", "series", "setting")


@dataclass(frozen=True, slots=True)
class Step:
    """Something a learner did: on a day, at a minute of it, with one of three things, in one of two ways."""

    kind: str
    day: int
    minute: int
    what: int
    well: bool

    @property
    def at(self) -> datetime:
        """The instant."""
        return START + timedelta(days=self.day, minutes=self.minute)


def showings(connection: Connection, owner: int) -> list[quizzes.Showing]:
    """Three questions of one quiz, which everybody may answer."""
    of = quizzes.begin(connection, owner, "quiz", "t", ["q0", "q1", "q2"], START)
    return [
        quizzes.Showing(quizzes.show(connection, of, n, f"q{n}", "t", START), n, f"q{n}", "t", of) for n in range(3)
    ]


def live(connection: Connection, who: int, steps: list[Step], shown: list[quizzes.Showing]) -> None:
    """Lets a learner do all that, in the order of time."""
    for step in sorted(steps, key=lambda step: step.at):
        _DO[step.kind](connection, who, step, shown)


def _answer(connection: Connection, who: int, step: Step, shown: list[quizzes.Showing]) -> None:
    on = days.mark(connection, who, ZONES[step.what], step.at)
    if not quizzes.give(connection, who, shown[step.what], step.minute % 2, step.well, on, step.at):
        return
    due = step.at + timedelta(days=step.what)
    known = Known(f"q{step.what}", "t", Memory(step.day + 1.0, 5.0, due, step.at), step.well, int(step.well))
    memories.write(connection, who, known)
    row = (f"right q{step.what} {on}", "quiz", 10) if step.well else (f"wrong {shown[step.what].id}", "quiz", -5)
    ledger.book(connection, who, [row], on, step.at)


def _kept(connection: Connection, who: int, step: Step, _: list[quizzes.Showing]) -> None:
    on = local_day(step.at, "")
    memories.show(connection, who, f"t{step.what}", on)
    if step.well:
        memories.confirm(connection, who, f"t{step.what}")
    rows = [(f"kept q{step.what} {on}", "review", 90), (f"shown t{step.what}", "shown", 120)]
    ledger.book(connection, who, rows, on, step.at)


def _state(connection: Connection, who: int, step: Step, _: list[quizzes.Showing]) -> None:
    progress.move(
        connection, who, "caching", STATES[step.what], None, step.at, day=days.mark(connection, who, "", step.at)
    )


def _later(connection: Connection, who: int, step: Step, _: list[quizzes.Showing]) -> None:
    progress.put_off(connection, who, "caching", STATES[step.what], step.at)


def _choose(connection: Connection, who: int, step: Step, _: list[quizzes.Showing]) -> None:
    progress.choose(connection, who, "backend", f"pick{step.day}", f"t{step.what}", "", step.at)


def _note(connection: Connection, who: int, step: Step, _: list[quizzes.Showing]) -> None:
    notes.write(connection, who, f"t{step.day}", f"note {step.what} of {step.minute}", step.at)


def _quiz(connection: Connection, who: int, step: Step, _: list[quizzes.Showing]) -> None:
    quizzes.begin(connection, who, "review", "t", ["q0"], step.at)
    if step.well:
        quizzes.leave(connection, who)


def _project(connection: Connection, who: int, step: Step, _: list[quizzes.Showing]) -> None:
    row = {"learner_id": who, "project": f"p{step.what}", "link": f"https://example.org/{step.minute}", "note": ""}
    add = insert_once(submission, connection.dialect.name, "learner_id", "project")
    if connection.execute(add, {**row, "at": step.at, "edited": step.at}).rowcount:
        on = local_day(step.at, "")
        ledger.book(connection, who, [(f"project {on}", "project", 100)], on, step.at)


def _series(connection: Connection, who: int, step: Step, _: list[quizzes.Showing]) -> None:
    row = {"learner_id": who, "kind": f"kind{step.what}", "minute": step.minute, "days": 127}
    connection.execute(insert_once(series, connection.dialect.name, "learner_id", "kind"), row)
    mine = {"learner_id": who, "platform": "console", "ignored": step.minute}
    connection.execute(insert_once(nudge, connection.dialect.name, "learner_id"), mine)


def _setting(connection: Connection, who: int, step: Step, _: list[quizzes.Showing]) -> None:
    values = ({"zone": ZONES[1 + step.well]}, {"reviews": 20 + step.minute}, {"board": "hidden"})
    connection.execute(update(learner).where(learner.c.id == who).values(values[step.what]))


_DO = dict(
    zip(KINDS, (_answer, _kept, _state, _later, _choose, _note, _quiz, _project, _series, _setting), strict=True)
)


def join_groups(connection: Connection, who: int, account: Account, group_ids: list[str]) -> None:
    """Lets a learner speak in groups, set them up, and show there what they handed in."""
    mine = connection.execute(select(submission.c.id).where(submission.c.learner_id == who)).scalars().all()
    for name in group_ids:
        here = groups.arrive(connection, Place(account.platform, name), who, account.id, START)
        connection.execute(update(group).where(group.c.id == here.id).values(setter_id=who))
        for each in mine:
            connection.execute(
                insert(handed), {"group_id": here.id, "submission_id": each, "at": START, "removed": False}
            )


def cheer_all(connection: Connection, who: int) -> None:
    """Lets a learner cheer all that others handed in."""
    for each in connection.execute(select(submission.c.id).where(submission.c.learner_id != who)).scalars().all():
        connection.execute(insert(cheer), {"submission_id": each, "learner_id": who, "at": START})


def everything(connection: Connection, *, but: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, without the numbers of rows that joining may give or take."""
    named = {row.id: f"project {row.project}" for row in connection.execute(select(submission))}
    return {
        table.name: sorted((_plain(row, table, named) for row in connection.execute(select(table)).mappings()), key=str)
        for table in metadata.sorted_tables
        if table.name not in but
    }


def _plain(row: Any, table: Table, named: dict[int, str]) -> tuple[Any, ...]:
    hidden = {"id"} if table in (submission, series) else set()
    return tuple(
        named[value] if name == "submission_id" else value for name, value in row.items() if name not in hidden
    )
