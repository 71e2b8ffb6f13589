"""What the clock says in a round: the next question, how many have answered, the ranking; and stopping it."""

from typing import Annotated

from bot import rounds
from bot.ask import Role
from bot.chat import Chat
from bot.command import Where, command
from bot.kinds import Number
from bot.language import _, mark
from bot.reply import Draft, Reply
from bot.round_replies import closing, counts, over
from bot.store import groups
from bot.store import rounds as store
from bot.store.quizzes import Quiz

Id = Annotated[int, Number(1, 10**9)]
Place = Annotated[int, Number(0, 20)]


@command("turn", mark("Closes a question of a round and shows the next"), role=Role.HOUSE, hidden=True, aside=True)
def turn(chat: Chat, round: Id, number: Place) -> Reply:
    """The next question, or the ranking after the last one."""
    of = _found(chat, round)
    return rounds.turned(chat, chat.group, of, number) if chat.group and of else Reply(())


@command("tally", mark("Shows how many have answered in a round"), role=Role.HOUSE, hidden=True, aside=True)
def tally(chat: Chat, round: Id, number: Place) -> Reply:
    """A question's message as it is now."""
    of = store.find(chat.connection, chat.group.id, round) if chat.group else None
    return counts(chat, of, number) if of else Reply(())


@command("ranking", mark("Shows how a round ended that was stopped"), role=Role.HOUSE, hidden=True, aside=True)
def ranking(chat: Chat, round: Id) -> Reply:
    """What was right in the question that stood, and the ranking so far."""
    of = store.find(chat.connection, chat.group.id, round) if chat.group else None
    if chat.group is None or of is None:
        return Reply(())
    draft = Draft().say(closing(chat, chat.group, of, of.at))
    return over(chat, chat.group, draft, of)


@command("stop", mark("Stops a round"), hidden=True, private=True, where=Where.GROUP, aside=True)
def stop(chat: Chat, round: Id) -> Reply:
    """Stops the round whose button it is, for whoever began it and for administrators."""
    of = _found(chat, round)
    if chat.group is None or of is None or not of.open:
        return Draft().say(_("That round is over.")).reply()
    return rounds.stop(chat, chat.group, of)


def _found(chat: Chat, round_id: int) -> Quiz | None:
    """A round of this group, which nobody else changes meanwhile."""
    if chat.group is None:
        return None
    groups.lock(chat.connection, chat.group.id)
    return store.find(chat.connection, chat.group.id, round_id)
