"""What a joined learner handed in: of one project one submission, with the cheers and the groups of both."""

from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, select

from bot.store.joining import merging
from bot.store.joining.united import Merge, United, Values, rewrite
from bot.store.tables import cheer, handed, submission

_submissions = United(submission, merging.submission, ("project",))
_cheers = United(cheer, merging.cheer)


def _under(table: Table) -> Select[Any]:
    return select(table).where(table.c.submission_id.in_(bindparam("submissions", expanding=True)))


_HANDED, _CHEERED = _under(handed), _under(cheer)
_MY_OWN = delete(cheer).where(
    cheer.c.learner_id == bindparam("me"),
    cheer.c.submission_id.in_(select(submission.c.id).where(submission.c.learner_id == bindparam("me"))),
)


def unite(connection: Connection, stays: int, goes: int) -> None:
    """Unites what two learners handed in; where both did the same project, what hung on one hangs on the other too."""
    same = {theirs["id"]: mine["id"] for mine, theirs in _submissions.pairs(connection, stays, goes)}
    if same:
        _hang(connection, handed, _HANDED, same, "group_id", merging.handed)
        _hang(connection, cheer, _CHEERED, same, "learner_id", merging.cheer)
    _submissions(connection, stays, goes)


def _hang(
    connection: Connection, table: Table, under: Select[Any], same: dict[int, int], key: str, merge: Merge
) -> None:
    """Hangs on each submission that stays what hung on the one that goes."""
    found: dict[tuple[int, int], Values] = {}
    for row in connection.execute(under, {"submissions": [*same, *same.values()]}).mappings():
        to = same.get(row["submission_id"], row["submission_id"])
        new = {**row, "submission_id": to}
        at = (to, row[key])
        found[at] = {**new, **merge(found[at], new)} if at in found else new
    if found:
        connection.execute(rewrite(connection, table), list(found.values()))


def unite_cheers(connection: Connection, stays: int, goes: int) -> None:
    """Unites the cheers that two learners gave; nobody cheers what is their own."""
    _cheers(connection, stays, goes)
    connection.execute(_MY_OWN, {"me": stays})
