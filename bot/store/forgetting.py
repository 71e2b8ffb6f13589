"""Forgetting learners, and groups: whatever is about them goes, within one transaction."""

from collections.abc import Sequence

from sqlalchemy import BindParameter, Connection, and_, bindparam, delete, exists, or_, select, update

from bot.store.owned import WHOSE, mine
from bot.store.tables import answer, group, learner, outbox, quiz, showing

_theirs = quiz.c.learner_id.in_(WHOSE)
_LOCK = select(showing.c.id).join(quiz).where(_theirs).with_for_update(of=showing)
_OTHERS = exists().where(
    showing.c.quiz_id == quiz.c.id, answer.c.showing_id == showing.c.id, answer.c.learner_id.not_in(WHOSE)
)
_ANSWERED = select(showing.c.quiz_id).join(answer).where(answer.c.learner_id.in_(WHOSE))
_RUNS = and_(quiz.c.open, quiz.c.group_id.is_not(None))
_LEAVE = update(quiz).where(_theirs, or_(_OTHERS, _RUNS)).values(learner_id=None, open=_RUNS)
_DROP = delete(quiz).where(quiz.c.learner_id.is_(None), quiz.c.id.in_(_ANSWERED), ~_OTHERS, ~_RUNS)
_UNSEND = delete(outbox).where(mine(outbox))
_FORGET = delete(learner).where(learner.c.id.in_(WHOSE))

_THESE: BindParameter[int] = bindparam("of_groups", expanding=True)
_ROUNDS = (
    update(quiz)
    .where(quiz.c.group_id.in_(_THESE))
    .where(exists().where(showing.c.quiz_id == quiz.c.id, answer.c.showing_id == showing.c.id))
    .values(group_id=None, learner_id=None, open=False)
)
_FORGET_GROUPS = delete(group).where(group.c.id.in_(_THESE))


def forget(connection: Connection, learner_ids: Sequence[int]) -> None:
    """Removes learners with all that is theirs; their rows are locked already.

    A quiz that others answered stays as nobody's, so that their answers and boards stay as they are; it goes with the
    last one who answered it. A round goes on without them.
    """
    whom = {"of_learners": list(learner_ids)}
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, whom)  # who is answering now is waited for, and seen below
    for statement in (_LEAVE, _DROP, _UNSEND, _FORGET):
        connection.execute(statement, whom)


def forget_groups(connection: Connection, group_ids: Sequence[int]) -> None:
    """Removes groups with their boards; what was answered in their rounds stays with whoever answered it."""
    whom = {"of_groups": list(group_ids)}
    for statement in (_ROUNDS, _FORGET_GROUPS):
        connection.execute(statement, whom)
