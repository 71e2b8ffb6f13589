"""/placement: at most 15 questions find what a learner knows already; it is marked only with their consent."""

from typing import Annotated

from bot.card import listed
from bot.chat import Chat
from bot.command import command
from bot.kinds import Number
from bot.language import _, mark, plural
from bot.learning import placement as rule
from bot.learning.path import State
from bot.quizzing import asked
from bot.reply import Draft, Reply, press
from bot.store import progress, quizzes
from bot.store.quizzes import Quiz

KIND = "placement"
NAMED = 12
"""Topics that are named before the rest is counted."""


@command(
    "placement",
    mark("Finds what you know already with at most 15 questions, and asks before it marks"),
    private=True,
    aside=True,
)
def placement(chat: Chat, mark: Annotated[int | None, Number(1, 10**9)] = None) -> Reply:
    """Begins, or goes on; `mark` marks what that placement found."""
    if mark is not None:
        return _mark(chat, mark)
    latest = quizzes.latest(chat.connection, chat.learner.id)
    if latest and latest.open and latest.kind == KIND:
        return asked(chat, Draft(), latest)
    first = following(chat, ())
    if first is None:
        return Draft().say(_("There are no questions to ask yet.")).offer([press(_("What next?"), "next")]).reply()
    begun = quizzes.begin(chat.connection, chat.learner.id, KIND, "", [first], chat.now)
    intro = _("At most {count} questions. Say so where you are not sure; nothing is marked before you agree.")
    return asked(chat, Draft().say(intro.format(count=rule.QUESTIONS)), begun)


def following(chat: Chat, answers: tuple[quizzes.Answered, ...]) -> str | None:
    """The question to ask next, or None when enough is known."""
    told = [(each.topic, each.right) for each in answers]
    topic = rule.ask(chat.roadmap, told, chat.library.questions_of, rule.GUESS_OR_SAY)
    return chat.library.questions_of[topic][0] if topic else None


def onward(chat: Chat, draft: Draft, of: Quiz) -> Reply:
    """The next question of a placement, or what it found."""
    answers = tuple(quizzes.given(chat.connection, chat.learner.id, of.id))
    question = following(chat, answers)
    at = of.at + 1
    questions = (*of.questions[:at], question) if question else of.questions[:at]
    quizzes.go_on(chat.connection, of, at, question is not None, questions)
    if question:
        return asked(chat, draft, Quiz(of.id, of.learner_id, of.kind, of.topic, questions, at, True))
    return _found(chat, draft, of.id, answers)


def _marks(chat: Chat, answers: tuple[quizzes.Answered, ...]) -> list[str]:
    """What would be marked: found known, and not said done before."""
    found = rule.marks(chat.roadmap, [(each.topic, each.right) for each in answers], rule.GUESS_OR_SAY)
    return [topic for topic in found if chat.path.said(topic) is not State.DONE]


def _found(chat: Chat, draft: Draft, quiz_id: int, answers: tuple[quizzes.Answered, ...]) -> Reply:
    right = sum(each.right for each in answers)
    draft.say(_("**That was it: {right} of {count} right.**").format(right=right, count=len(answers)))
    topics = _marks(chat, answers)
    if not topics:
        draft.say(_("From that I would mark nothing as known: begin where /next says."))
        return draft.offer([press(_("What next?"), "next")]).reply()
    titles = [chat.topic(topic).title for topic in topics]
    more = len(titles) - NAMED
    names = listed([*titles[:NAMED], *([_("{count} more").format(count=more)] if more > 0 else [])])
    told = plural(
        "You seem to know this topic: {topics}.", "You seem to know these {count} topics: {topics}.", len(topics)
    )
    draft.say(told.format(count=len(topics), topics=names), _("Shall I mark them as done? /undo takes it back."))
    return draft.offer([press(_("Mark them"), "placement", mark=quiz_id), press(_("No, leave it"), "next")]).reply()


def _mark(chat: Chat, quiz_id: int) -> Reply:
    """Marks what a finished placement found, as one step for /undo."""
    found = quizzes.find(chat.connection, chat.learner.id, quiz_id)
    if found is None or found.kind != KIND or found.open:
        told = _("There is no finished placement to mark from.")
        return Draft().say(told).offer([press(_("Placement"), "placement")]).reply()
    topics = _marks(chat, tuple(quizzes.given(chat.connection, chat.learner.id, quiz_id)))
    for topic in topics:
        said, was = chat.path.said(topic), chat.topic(topic).was
        batch = f"{KIND} {quiz_id}"
        progress.move(chat.connection, chat.learner.id, topic, State.DONE, said, chat.now, was, batch=batch)
    told = plural("{count} topic is marked as done.", "{count} topics are marked as done.", len(topics))
    draft = Draft().say(told.format(count=len(topics)))
    return draft.offer(
        [press(_("What next?"), "next"), press(_("Progress"), "progress"), press(_("Undo"), "undo")]
    ).reply()
