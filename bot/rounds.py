"""A round: a quiz that a group answers together. Its clock is rows of the outbox, so it outlives a restart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.ask import Role
from bot.call import Call
from bot.chat import Chat
from bot.language import _
from bot.learning.memory import Grade
from bot.quizzing import current, told, twice
from bot.reply import Draft, Reply, press
from bot.roadmap.model import Question, Topic
from bot.round_replies import TIME, asked, closing, over, refused
from bot.store import groups, outbox, quizzes
from bot.store import rounds as store
from bot.store.groups import Group
from bot.store.quizzes import Quiz, Showing
from bot.store.rounds import Shown

STALE = timedelta(minutes=10)
"""So long after its time a round does not go on: nobody sits there any more."""
COUNTED = timedelta(seconds=2)
"""How often it is shown at most how many have answered."""


def running(chat: Chat, group: Group) -> Quiz | None:
    """The round that runs in a group, in which nobody else begins or ends one meanwhile."""
    groups.lock(chat.connection, group.id)
    of = store.running(chat.connection, group.id)
    if of is None:
        return None
    if chat.now < _shown(chat, of).at + TIME + STALE:
        return of
    quizzes.go_on(chat.connection, of, of.at, False, of.questions)
    return None


def begin(chat: Chat, group: Group, topic: str, questions: list[str]) -> Reply:
    """Begins a round with its first question."""
    of = store.begin(chat.connection, group.id, chat.learner.id, topic, questions, chat.now)
    return opened(chat, group, Draft(about=[topic] if topic else []), of)


def opened(chat: Chat, group: Group, draft: Draft, of: Quiz) -> Reply:
    """Shows the question at which a round is: its time begins, anew where it could not be said the last time."""
    topic, question = chat.library.questions[of.questions[of.at]]
    showing = quizzes.show(chat.connection, of, of.at, question.id, topic.id, chat.now)
    store.show_again(chat.connection, showing, chat.now)
    due = chat.now + TIME
    if not _post(chat, group, key(of, of.at), Call.of("turn", of.id, of.at), due=due):
        store.set_due(chat.connection, key(of, of.at), due)
    return asked(chat, draft, of, Shown(showing, question.id, topic.id, chat.now))


def again(chat: Chat, of: Quiz) -> Reply:
    """Shows the open question once more."""
    return asked(chat, Draft(), of, _shown(chat, of))


def key(of: Quiz, number: int) -> str:
    """The key of the outbox row that closes a question and shows the next one."""
    return f"turn {of.id} {number}"


def _post(
    chat: Chat, group: Group, key: str, call: Call, due: datetime | None = None, until: datetime | None = None
) -> bool:
    """Has the house say something in the group. The row is nobody's, so that no round stops when somebody goes."""
    row = (chat.connection, key, group.place, "", call.line, chat.now, None)
    return outbox.post(*row, due=due, until=until)


def answered(
    chat: Chat, draft: Draft, of: Showing, topic: Topic, question: Question, choice: int, grade: Grade
) -> Reply:
    """Counts an answer for whoever gave it, while the question stands."""
    if not of.quiz.open or of.number != of.quiz.at:
        known = quizzes.answered(chat.connection, chat.learner.id, of.id)
        late = _("That question is closed, so this answer no longer counts. Your next one does.")
        draft.say(twice() if known else late)
    elif told(chat, draft, of, topic, question, choice, grade):
        _counted(chat, of)
    return draft.offer([press(_("The card"), "explain", topic.id)]).reply()


def _counted(chat: Chat, of: Showing) -> None:
    """Where nobody else is waited for, the next question comes at once; else the group sees how many have answered."""
    group = groups.by_id(chat.connection, of.quiz.group_id or 0)
    assert group is not None, "a round goes with its group"
    store.lock(chat.connection, of.id)
    if not store.awaited(chat.connection, group.id, of.quiz.id, of.number, of.id, chat.now):
        store.set_due(chat.connection, key(of.quiz, of.number), chat.now)
        return
    at = int(chat.now.timestamp() // COUNTED.total_seconds()) + 1
    due = datetime.fromtimestamp(at * COUNTED.total_seconds(), UTC)
    call = Call.of("tally", of.quiz.id, of.number)
    _post(chat, group, f"tally {of.id} {at}", call, due=due, until=due + TIME)


def turned(chat: Chat, group: Group, of: Quiz, number: int) -> Reply:
    """Closes a question and shows what comes after it; said again, it is the same. Nothing where it is closed long."""
    if number not in (of.at, of.at - 1):
        return Reply(())
    if number == of.at:
        if not of.open or _stands(chat, group, of):
            return Reply(())
        of = _onward(chat, of)
        closed(chat, group, of, number)
    elif not of.open and of.at < len(of.questions):  # stopped meanwhile
        return Reply(())
    draft = Draft().say(closing(chat, group, of, number))
    return opened(chat, group, draft, of) if of.open else over(chat, group, draft, of)


def _stands(chat: Chat, group: Group, of: Quiz) -> bool:
    """Whether the open question stays: its message is still on its way, or its time is not up. Its clock rests then."""
    shown = _shown(chat, of)
    unseen = of.at > 0 and store.waits(chat.connection, key(of, of.at - 1))
    early = chat.now < shown.at + TIME
    if unseen or (early and store.awaited(chat.connection, group.id, of.id, of.at, shown.id, chat.now)):
        store.rest(chat.connection, key(of, of.at), max(shown.at + TIME, chat.now + COUNTED))
        return True
    return False


def _shown(chat: Chat, of: Quiz) -> Shown:
    shown = store.shown(chat.connection, of.id, of.at)
    assert shown is not None, "a round that runs has shown its question"
    return shown


def _onward(chat: Chat, of: Quiz) -> Quiz:
    """The round at its next question, or at its end."""
    late = chat.now > _shown(chat, of).at + TIME + STALE
    moved = replace(of, at=of.at + 1, questions=of.questions[: of.at + 1] if late else of.questions)
    quizzes.go_on(chat.connection, moved, moved.at, True, moved.questions)
    return current(chat, moved)


def closed(chat: Chat, group: Group, of: Quiz, number: int) -> None:
    """Has the message of a question shown without its options."""
    _post(chat, group, f"closed {of.id} {number}", Call.of("tally", of.id, number))


def leads(chat: Chat, of: Quiz) -> bool:
    """Whether whoever asks may stop a round."""
    return of.learner_id == chat.learner.id or chat.role >= Role.ADMIN


def stop(chat: Chat, group: Group, of: Quiz) -> Reply:
    """Stops a round for all, and has its ranking shown to them; or says whose it is."""
    if not leads(chat, of):
        return refused(chat, group, of)
    quizzes.go_on(chat.connection, of, of.at, False, of.questions)
    closed(chat, group, of, of.at)
    _post(chat, group, f"ranking {of.id}", Call.of("ranking", of.id))
    return Draft().say(_("The round is stopped. What was answered stands.")).reply()
