"""What a round says: its questions, who knew the answer, and the ranking."""

from dataclasses import replace
from datetime import timedelta

from bot.card import listed
from bot.chat import Chat
from bot.defuse import defuse
from bot.language import _, plural
from bot.learning.ranking import Ranked, ranked
from bot.quizzing import pose
from bot.reply import Draft, Reply, press
from bot.store import rounds as store
from bot.store.groups import Group
from bot.store.quizzes import Quiz
from bot.store.rounds import Shown

TIME = timedelta(seconds=30)
"""How long a question stands."""
SHORTEST = 5
"""Seconds for which a question is open at least when it is shown once more. Telegram: no poll is shorter."""
NAMED = 5
"""Names of those who were right, before the rest is counted."""
TOP = 10
"""Lines of a ranking."""


def asked(chat: Chat, draft: Draft, of: Quiz, shown: Shown) -> Reply:
    """The open question, how many have answered it, and a button that stops the round."""
    found = chat.library.questions.get(shown.question)
    if found is None:
        return draft.say(_("That question is no longer there.")).reply()
    topic, question = found
    rest = max(SHORTEST, round((shown.at + TIME - chat.now).total_seconds()))
    draft.say(_heading(of, of.at), _answered(store.count(chat.connection, shown.id).answered))
    draft.blocks.append(pose(topic, question, shown.id, min(rest, int(TIME.total_seconds()))))
    draft.offer([press(_("Stop"), "stop", of.id)])
    if topic.id not in draft.about:
        draft.about.append(topic.id)
    return draft.reply(slot=slot(of, of.at))


def slot(of: Quiz, number: int) -> str:
    """The slot of a question's message."""
    return f"round {of.id} {number}"


def _heading(of: Quiz, number: int) -> str:
    told_ = _("**Quiz together**, question {at} of {count}, {seconds} seconds for everybody")
    return told_.format(at=number + 1, count=len(of.questions), seconds=int(TIME.total_seconds()))


def _answered(count: int) -> str:
    return plural("{count} has answered.", "{count} have answered.", count).format(count=count) if count else ""


def counts(chat: Chat, of: Quiz, number: int) -> Reply:
    """A question's message as it is now: how many have answered, and once it is closed, without its options."""
    shown = store.shown(chat.connection, of.id, number)
    if shown is None or shown.question not in chat.library.questions:
        return Reply(())
    if of.open and number == of.at:
        return replace(asked(chat, Draft(), of, shown), edits=True)
    _topic, question = chat.library.questions[shown.question]
    count = _answered(store.count(chat.connection, shown.id).answered)
    draft = Draft(about=[shown.topic]).say(_heading(of, number), question.ask, count, _("*This question is closed.*"))
    return replace(draft.reply(slot=slot(of, number)), edits=True)


def closing(chat: Chat, group: Group, of: Quiz, number: int) -> str:
    """What was right in a question and why, and who knew it."""
    shown = store.shown(chat.connection, of.id, number)
    found = chat.library.questions.get(shown.question) if shown else None
    if shown is None or found is None:
        return ""
    _topic, question = found
    right = _("**Question {at} is closed.** Right is: “{answer}”. {because}").format(
        at=number + 1, answer=question.options[question.right], because=question.because
    )
    return f"{right}\n\n{_knew(chat, group, shown)}"


def _knew(chat: Chat, group: Group, shown: Shown) -> str:
    count = store.count(chat.connection, shown.id)
    if not count.answered:
        return _("Nobody answered.")
    names = [defuse(name) for name in store.right(chat.connection, group.id, shown.id, NAMED)]
    told_ = _("{right} of {count} knew it").format(right=count.right, count=count.answered)
    if not names:
        return f"{told_}."
    more = count.right - len(names)
    return f"{told_}: {listed([*names, *([_('{count} more').format(count=more)] if more else [])])}."


def over(chat: Chat, group: Group, draft: Draft, of: Quiz) -> Reply:
    """The ranking of a round."""
    ranking = ranked(store.played(chat.connection, group.id, of.id))
    count = min(of.at + 1, len(of.questions))
    lines = [_line(each, count) for each in ranking[:TOP]]
    if len(ranking) > TOP:
        lines.append(_("- … and {count} more").format(count=len(ranking) - TOP))
    draft.say(_("**The round is over.**"), "\n".join(lines))
    once_more = press(_("Another round"), "quiz", *([of.topic] if of.topic in chat.library.content.topics else []))
    return draft.offer(
        [press(_("Retake what I missed"), "retake", of.id)], [once_more, press(_("Leaderboard"), "leaderboard")]
    ).reply()


def _line(each: Ranked, count: int) -> str:
    told_ = _("{right} of {count} right in {seconds} s")
    said = told_.format(right=each.played.right, count=count, seconds=f"{each.played.seconds:.1f}")
    return f"- {each.rank}\\. {defuse(each.played.name)}: {said}"


def refused(chat: Chat, group: Group, of: Quiz) -> Reply:
    """Says whose a round is."""
    name = store.starter(chat.connection, group.id, of.id)
    if name is None:
        return Draft().say(_("An administrator of this group may stop this round.")).reply()
    told_ = _("{name} began this round: they may stop it, or an administrator of this group.")
    return Draft().say(told_.format(name=defuse(name))).reply()
