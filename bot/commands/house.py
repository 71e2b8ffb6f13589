"""What platforms tell of themselves: the bot came to a group or went, somebody left one or came back, a group moved."""

from typing import Annotated

from bot.ask import Role
from bot.chat import Chat
from bot.command import command
from bot.kinds import FreeText, Number
from bot.language import _, mark
from bot.reply import Draft, Reply, press
from bot.standing import named
from bot.store import groups, nudges, places, stopping


@command("added", mark("The bot came to a group"), role=Role.HOUSE, hidden=True)
def added(chat: Chat) -> Reply:
    """Greets a group, once for each time that the bot comes to it."""
    if chat.place.private or places.known(chat.connection, chat.place):
        return Reply(())
    stopping.go_on(chat.connection, chat.place, chat.ask.account, chat.now)
    draft = Draft().say(
        _("Hello! I am Cairn: I know the whole {roadmap} roadmap.").format(roadmap=chat.roadmap.title),
        _(
            "- `/explain sharding` explains any topic\n"
            "- `/quiz` asks, and each of you answers for themselves\n"
            "- `/next` says what you should learn now"
        ),
        _(
            "A topic a day, a project a week and a recap come here too, once an administrator has set me up. "
            "It takes a minute."
        ),
    )
    return draft.offer([press(_("Set up"), "setup")]).reply()


@command("removed", mark("The bot was removed or may no longer write"), role=Role.HOUSE, hidden=True)
def removed(chat: Chat) -> Reply:
    """Stops all sending there."""
    return _reached(chat, gone=True)


@command("returned", mark("The bot may write again"), role=Role.HOUSE, hidden=True)
def returned(chat: Chat) -> Reply:
    """Sending may go on, without a greeting."""
    return _reached(chat, gone=False)


@command("left", mark("Somebody left a group, or blocked the bot"), role=Role.HOUSE, hidden=True)
def left(chat: Chat) -> Reply:
    """They vanish from the group's boards; in private, sending stops."""
    return _reached(chat, gone=True) if chat.place.private else _stays(chat, away=True)


@command("back", mark("Somebody came back to a group, or allowed the bot again"), role=Role.HOUSE, hidden=True)
def back(chat: Chat) -> Reply:
    """They stand on the group's boards again, with their points; in private, sending may go on."""
    return _reached(chat, gone=False) if chat.place.private else _stays(chat, away=False)


def _reached(chat: Chat, gone: bool) -> Reply:
    here = (chat.connection, chat.place, chat.ask.account)
    if gone:
        stopping.stop(*here, chat.now)
        return Reply(())
    if chat.place.private and places.gone(chat.connection, chat.place, chat.ask.account.id):
        nudges.recount(chat.connection, chat.learner.id, chat.now)
    stopping.go_on(*here, chat.now)
    return Reply(())


@command("stopped", mark("Says that a group cannot be reached"), "/stopped 1", role=Role.HOUSE, hidden=True)
def stopped(chat: Chat, group: Annotated[int, Number(1, 10**9 - 1)]) -> Reply:
    """That nothing is sent to a group any more, as long as that is so."""
    found = groups.by_id(chat.connection, group)
    if found is None or found.setter_id != chat.learner.id or not places.gone(chat.connection, found.place, ""):
        return Reply(())
    told = _(
        "I can no longer write in {group}, which you set up, so nothing is sent there. "
        "Once I may write there again it goes on by itself; what was missed is not made up for."
    )
    return Draft().say(told.format(group=f"**{named(found)}**")).reply()


def _stays(chat: Chat, away: bool) -> Reply:
    groups.leave(chat.connection, chat.place, chat.learner.id, chat.ask.account.id, away)
    return Reply(())


@command("moved", mark("A group lives on under another id"), role=Role.HOUSE, hidden=True)
def moved(chat: Chat, to: Annotated[str, FreeText(128)]) -> Reply:
    """Everything of the group goes to its new id."""
    places.move(chat.connection, chat.place, to, chat.now)
    return Reply(())
