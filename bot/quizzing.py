"""What /quiz, /review, /placement and rounds share: showing a question, counting an answer, and the end."""

from dataclasses import replace

from bot.card import listed
from bot.chat import Chat
from bot.language import _
from bot.learning import points
from bot.learning.days import local_day
from bot.learning.draw import shuffled
from bot.learning.knowing import DIFFERENT, LATELY, shown
from bot.learning.memory import Grade, is_due, reviewed
from bot.learning.path import State
from bot.learning.placement import QUESTIONS
from bot.reply import Draft, Option, Quiz, Reply, press
from bot.roadmap.model import Question, Topic
from bot.store import boards, days, ledger, memories, progress, quizzes
from bot.store.memories import Known
from bot.store.quizzes import Showing

NOT_SURE = 0
"""The option of a placement that is no answer."""


def asked(chat: Chat, draft: Draft, of: quizzes.Quiz) -> Reply:
    """Shows the question at which a quiz is."""
    of = current(chat, of)
    if not of.open:
        return ended(chat, draft, of)
    topic, question = chat.library.questions[of.questions[of.at]]
    showing = quizzes.show(chat.connection, of, of.at, question.id, topic.id, chat.now)
    posed = pose(topic, question, showing)
    if of.kind == "placement":  # who may say so guesses less, and the placement is surer
        not_sure = Option(_("I am not sure"), f"/answer {showing} {NOT_SURE}")
        posed = replace(posed, options=(*posed.options, not_sure))
    draft.say(_heading(of, len(of.questions)))
    draft.blocks.append(posed)
    if topic.id not in draft.about:
        draft.about.append(topic.id)
    return draft.reply()


def current(chat: Chat, of: quizzes.Quiz) -> quizzes.Quiz:
    """A quiz at a question that is there, or at its end: what is no longer in the content is passed over."""
    known = chat.library.questions
    questions = of.questions[: of.at] + tuple(each for each in of.questions[of.at :] if each in known)
    more = of.at < len(questions)
    if questions != of.questions or not more:
        quizzes.go_on(chat.connection, of, of.at, more, questions)
    return replace(of, questions=questions, open=more)


def pose(topic: Topic, question: Question, showing: int, seconds: int = 0) -> Quiz:
    """A question with its options in the order of that showing."""
    order = shuffled(len(question.options), showing)
    options = [Option(question.options[at], f"/answer {showing} {place}") for place, at in enumerate(order, 1)]
    return Quiz(question.ask, tuple(options), topic.id, order.index(question.right), question.because, seconds)


def _heading(of: quizzes.Quiz, count: int) -> str:
    name = {"quiz": _("Quiz"), "review": _("Review"), "placement": _("Placement")}[of.kind]
    if of.kind == "placement":
        return _("**{name}**, question {at} of at most {count}").format(name=name, at=of.at + 1, count=QUESTIONS)
    return _("**{name}**, question {at} of {count}").format(name=name, at=of.at + 1, count=count)


def told(chat: Chat, draft: Draft, of: Showing, topic: Topic, question: Question, choice: int, grade: Grade) -> bool:
    """Counts an answer and says whether it was right and why; False where this learner had answered before."""
    right = choice == question.right
    learner, connection = chat.learner, chat.connection
    day = days.mark(connection, learner.id, learner.zone, chat.now)
    if not quizzes.give(connection, learner.id, of, choice, right, day, chat.now):
        days.unmark(connection, learner.id, day)
        draft.say(twice())
        return False
    because = question.because
    if right:
        draft.say(_("✓ **Right.** {because}").format(because=because))
    else:
        answer = question.options[question.right]
        draft.say(_("✗ **Not quite.** Right is: “{answer}”. {because}").format(answer=answer, because=because))
    draft.say(_learnt(chat, of, topic, question, grade, guessed=choice >= 0))
    return True


def twice() -> str:
    """What is said to whoever answers once more."""
    return _("You have already answered this question; the first answer counts.")


def _learnt(chat: Chat, of: Showing, topic: Topic, question: Question, grade: Grade, guessed: bool) -> str:
    """Puts an answer into memory and the ledger; what is to be said of it. Who is not sure loses no points."""
    learner, connection = chat.learner, chat.connection
    day = local_day(chat.now, learner.zone)
    known = memories.read(connection, learner.id, [topic.id])
    before = known.get(question.id)
    right = grade is not Grade.AGAIN
    after = Known(
        question.id,
        topic.id,
        reviewed(before.memory if before else None, grade, chat.now),
        right,
        (before.rights if before else 0) + right,
    )
    memories.write(connection, learner.id, after)
    rows = [(f"right {question.id} {day}", "quiz", points.RIGHT)] if right else []
    if guessed and not right:
        rows = [(f"wrong {of.id}", "quiz", points.WRONG)]
    kept = right and before is not None and is_due(before.memory, day, learner.zone)
    if kept:
        rows.append((f"kept {question.id} {day}", "review", points.KEPT))
    said, more = _shown(chat, topic, {**known, question.id: after}, kept)
    brought = ledger.book(connection, learner.id, rows + more, day, chat.now)
    boards.add(connection, learner.id, brought, True, chat.now)
    return said


def _shown(chat: Chat, topic: Topic, known: dict[str, Known], kept: bool) -> tuple[str, list[tuple[str, str, int]]]:
    """Whether the topic is shown by quiz now, or confirmed: what is said, and what is booked."""
    learner, connection = chat.learner, chat.connection
    day = local_day(chat.now, learner.zone)
    before = memories.shown_topics(connection, learner.id).get(topic.id)
    if before is None:
        lately = quizzes.lately(connection, learner.id, topic.id, LATELY)
        different = sum(each.rights > 0 for each in known.values())
        if different < DIFFERENT or not shown(different, lately):
            return "", []
        memories.show(connection, learner.id, topic.id, day)
        said = chat.path.said(topic.id)
        if said is not State.DONE:
            progress.move(connection, learner.id, topic.id, State.DONE, said, chat.now, topic.was)
        return _("**{title}** is shown by quiz: you know it.").format(title=topic.title), []
    if kept and not before[1] and day > before[0]:
        memories.confirm(connection, learner.id, topic.id)
        return "", [(f"shown {topic.id}", "shown", points.SHOWN)]
    return "", []


def ended(chat: Chat, draft: Draft, of: quizzes.Quiz) -> Reply:
    """The end of a quiz: how many were right, what was weak, and what to do about it."""
    answers = quizzes.given(chat.connection, chat.learner.id, of.id)
    right = sum(each.right for each in answers)
    weak = list(dict.fromkeys(each.topic for each in answers if not each.right))
    draft.say(_("**That was it: {right} of {count} right.**").format(right=right, count=len(answers)))
    topics = chat.library.content.topics
    titles = [topics[topic].title for topic in weak if topic in topics]
    if titles:
        draft.say(_("Worth another look: {topics}.").format(topics=listed(titles)))
        cards = [press(topics[topic].title, "explain", topic) for topic in weak[:3] if topic in topics]
        draft.offer([press(_("Retake what I missed"), "retake", of.id)], cards)
    return draft.offer([press(_("What next?"), "next"), press(_("Progress"), "progress")]).reply()
