"""/quiz, /review, /answer and /cancel: questions drawn for this learner, each answered once; in a group a round."""

from dataclasses import replace
from typing import Annotated

from bot import rounds
from bot.chat import Chat
from bot.command import command
from bot.commands import placement
from bot.kinds import Number, OneOf, TopicName
from bot.language import _, mark
from bot.learning import memory as rule
from bot.learning.days import day_ends, local_day
from bot.learning.draw import draw, shuffled
from bot.learning.memory import Grade
from bot.learning.path import State
from bot.quizzing import NOT_SURE, asked, ended, told
from bot.reply import Buttons, Draft, Reply, press, rows_of
from bot.roadmap.model import Topic
from bot.round_replies import refused
from bot.store import memories, quizzes
from bot.store.groups import Group
from bot.store.quizzes import Quiz

COUNT = 5
"""Questions of a quiz, unless another number is given."""
NEW = 3
"""Topics that a mixed quiz takes from what is open, beside all that was begun."""


@command(
    "quiz",
    mark("Asks questions about a topic, or mixed ones, and explains each answer"),
    "/quiz sharding 3",
    aside=True,
)
def quiz(
    chat: Chat,
    topic: Annotated[Topic | None, TopicName()] = None,
    count: Annotated[int | None, Number(1, 20)] = None,
) -> Reply:
    """Begins a quiz, or goes on with the open one; in a group a round, which all answer."""
    last = chat.recent if topic is None else None
    if topic is not None:
        chat.talked_about([topic.id])
    if chat.group is not None:
        return _with(last, _together(chat, chat.group, topic, count or COUNT))
    if topic is None and count is None:
        latest = quizzes.latest(chat.connection, chat.learner.id)
        if latest and latest.open and latest.kind != "placement":
            here = last if last and last.id != latest.topic else None
            return _with(here, asked(chat, Draft(about=_about(latest)), latest))
    questions = _drawn(chat, topic, count or COUNT)
    if not questions:
        return _none(chat, topic)
    begun = quizzes.begin(chat.connection, chat.learner.id, "quiz", topic.id if topic else "", questions, chat.now)
    return _with(last, asked(chat, Draft(about=_about(begun)), begun))


def _with(last: Topic | None, reply: Reply) -> Reply:
    """A quiz of many topics, with the one that was talked about last as a button."""
    if last is None or not last.questions:
        return reply
    only = Buttons(((press(_("Only {title}").format(title=last.title), "quiz", last.id),),))
    return replace(reply, blocks=(*reply.blocks, only))


def _together(chat: Chat, group: Group, topic: Topic | None, count: int) -> Reply:
    """Begins a round; while one runs here, it is that one's question."""
    if of := rounds.running(chat, group):
        return rounds.again(chat, of)
    questions = _drawn(chat, topic, count)
    return rounds.begin(chat, group, topic.id if topic else "", questions) if questions else _none(chat, topic)


def _about(of: Quiz) -> list[str]:
    return [of.topic] if of.topic else []


def _drawn(chat: Chat, topic: Topic | None, count: int) -> list[str]:
    """The questions for this learner: of a topic and what it builds on, or of all that they are at."""
    questions = chat.library.questions_of
    topics = _mixed(chat) if topic is None else [topic.id, *_below(chat, topic)]
    if topic is not None and topic.id not in questions:
        return []
    seen = {
        known.question: known.seen
        for known in memories.read(chat.connection, chat.learner.id, topics).values()
        if known.question in chat.library.questions
    }
    today = local_day(chat.now, chat.learner.zone)
    return draw(topics, questions, seen, count, chat.now, today, chat.learner.zone)


def _below(chat: Chat, topic: Topic) -> list[str]:
    """What a topic builds on, directly."""
    return [member.topic for step in chat.path.needs(topic.id) for member in step.members]


def _mixed(chat: Chat) -> list[str]:
    """What the learner is at: begun and done topics, and some open ones; where none has questions, all that have."""
    states = chat.path.standing.states
    begun = [topic for state in (State.LEARNING, State.DONE) for topic, each in states.items() if each is state]
    proposals = chat.path.proposals(chat.library.minutes, chat.now)
    questions = chat.library.questions_of
    opened = [proposal.topic for proposal in proposals if proposal.topic in questions][:NEW]
    topics = [topic for topic in dict.fromkeys([*begun, *opened]) if topic in questions]
    return topics or list(questions)


def _none(chat: Chat, topic: Topic | None) -> Reply:
    if topic is None:
        return Draft().say(_("There are no questions yet.")).offer([press(_("What next?"), "next")]).reply()
    draft = Draft().say(_("There are no questions about **{title}** yet.").format(title=topic.title))
    return draft.offer([press(_("The card"), "explain", topic.id), press(_("A mixed quiz"), "quiz")]).reply()


@command("retake", mark("Asks what you missed in a quiz once more"), hidden=True, private=True, aside=True)
def retake(chat: Chat, quiz: Annotated[int, Number(1, 10**9)]) -> Reply:
    """The questions that this learner missed in a quiz, or in a round, once more."""
    answers = quizzes.given(chat.connection, chat.learner.id, quiz)
    missed = [each.question for each in answers if not each.right and each.question in chat.library.questions]
    if not missed:
        return Draft().say(_("Nothing was missed there.")).offer([press(_("A mixed quiz"), "quiz")]).reply()
    return asked(chat, Draft(), quizzes.begin(chat.connection, chat.learner.id, "quiz", "", missed, chat.now))


@command("review", mark("Asks what you are about to forget, at the right moment"), private=True, aside=True)
def review(chat: Chat, when: Annotated[str | None, OneOf(("early",))] = None) -> Reply:
    """Begins the reviews that are due on the learner's day, or the open ones go on; `early` reviews ahead of time."""
    latest = quizzes.latest(chat.connection, chat.learner.id)
    if latest and latest.open and latest.kind == "review":
        return asked(chat, Draft(), latest)
    learner = chat.learner
    today = local_day(chat.now, learner.zone)
    done = quizzes.reviewed_on(chat.connection, learner.id, today)
    waiting = _asked_still(chat, memories.due(chat.connection, learner.id, day_ends(today, learner.zone)))
    due = rule.due_now(waiting, chat.now, learner.zone, done, learner.reviews)
    if when == "early" and not due:
        due = rule.ahead(_asked_still(chat, memories.read(chat.connection, learner.id)), chat.now, COUNT)
    if due:
        return asked(chat, Draft(), quizzes.begin(chat.connection, learner.id, "review", "", due, chat.now))
    return _nothing_due(chat, len(waiting), done)


def _asked_still(chat: Chat, known: dict[str, memories.Known]) -> dict[str, rule.Memory]:
    """What is in memory of questions that are still in the content."""
    return {each.question: each.memory for each in known.values() if each.question in chat.library.questions}


def _nothing_due(chat: Chat, waiting: int, done: int) -> Reply:
    following = memories.next_due(chat.connection, chat.learner.id)
    if following is None:
        told_ = _("There is nothing to review yet: questions come here once a quiz has asked them.")
        return Draft().say(told_).offer([press(_("A quiz"), "quiz"), press(_("What next?"), "next")]).reply()
    if waiting and done:
        first = _("That is enough for today: {count} reviews. The rest waits for the next days.").format(count=done)
    else:
        day = local_day(following, chat.learner.zone)
        first = _("Nothing is due today. The next review comes on {day}.").format(day=day.isoformat())
    early = press(_("Review ahead"), "review", "early")
    return Draft().say(first).offer([early, press(_("What next?"), "next")]).reply()


@command("answer", mark("Answers a question that was shown"), hidden=True, private=True, aside=True)
def answer(
    chat: Chat,
    showing: Annotated[int, Number(1, 10**9)],
    option: Annotated[int, Number(NOT_SURE, 5)],
    grade: Annotated[str | None, OneOf(("hard", "good", "easy"))] = None,
) -> Reply:
    """Counts an option of a showing, once for each learner, says why, and goes on to the next question."""
    shown = quizzes.showing_of(chat.connection, showing)
    found = chat.library.questions.get(shown.question) if shown else None
    if shown is None or found is None:
        gone = _("That question is no longer there.")
        return Draft().say(gone).offer([press(_("A quiz"), "quiz"), press(_("What next?"), "next")]).reply()
    topic, question = found
    if option > len(question.options):
        return Draft().say(_("That question has {count} options.").format(count=len(question.options))).reply()
    choice = shuffled(len(question.options), shown.id)[option - 1] if option != NOT_SURE else -1
    draft = Draft(about=[topic.id])
    given = Grade[(grade or "good").upper()] if choice == question.right else Grade.AGAIN
    if shown.quiz.group_id is not None:
        return rounds.answered(chat, draft, shown, topic, question, choice, given)
    mine = shown.quiz.learner_id == chat.learner.id
    if not told(chat, draft, shown, topic, question, choice, given):
        go_on = press(_("Go on"), "resume", shown.quiz.id) if mine and shown.quiz.open else press(_("Go on"), "quiz")
        return draft.offer([press(_("The card"), "explain", topic.id), go_on]).reply()
    draft.offer([press(_("The card"), "explain", topic.id)])
    if not mine or shown.number != shown.quiz.at:
        return draft.reply()
    return (
        placement.onward(chat, draft, shown.quiz)
        if shown.quiz.kind == placement.KIND
        else _onward(chat, draft, shown.quiz)
    )


def _onward(chat: Chat, draft: Draft, of: Quiz) -> Reply:
    """The next question of a quiz, or its end."""
    at = of.at + 1
    more = at < len(of.questions)
    quizzes.go_on(chat.connection, of, at, more, of.questions)
    moved = replace(of, at=at, open=more)
    return asked(chat, draft, moved) if more else ended(chat, draft, moved)


@command("cancel", mark("Leaves whatever is going on"), private=True)
def cancel(chat: Chat) -> Reply:
    """Leaves the open quiz, which can be resumed; in a group it stops the round, for whoever may."""
    of = rounds.running(chat, chat.group) if chat.group else None
    if chat.group and of and rounds.leads(chat, of):
        return rounds.stop(chat, chat.group, of)
    latest = quizzes.latest(chat.connection, chat.learner.id)
    if latest is None or not quizzes.leave(chat.connection, chat.learner.id):
        if chat.group and of:
            return refused(chat, chat.group, of)
        told_ = _("Nothing is going on, so there is nothing to leave.")
        return Draft().say(told_).offer([press(_("What next?"), "next")]).reply()
    at = _("Left at question {at} of {count}. Nothing is lost.").format(at=latest.at + 1, count=len(latest.questions))
    resume = press(_("Resume"), "resume", latest.id)
    return Draft().say(at).offer(*rows_of([resume, press(_("What next?"), "next")])).reply()


@command("resume", mark("Goes on with a quiz that was left"), hidden=True, private=True, aside=True)
def resume(chat: Chat, quiz: Annotated[int, Number(1, 10**9)]) -> Reply:
    """Opens a quiz of this learner's again where it was left."""
    found = quizzes.find(chat.connection, chat.learner.id, quiz)
    if found is None or found.at >= len(found.questions):
        return Draft().say(_("There is nothing to resume.")).offer([press(_("A mixed quiz"), "quiz")]).reply()
    quizzes.leave(chat.connection, chat.learner.id)
    quizzes.go_on(chat.connection, found, found.at, True, found.questions)
    return asked(chat, Draft(about=_about(found)), found)
