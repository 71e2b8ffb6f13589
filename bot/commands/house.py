"""What platforms tell of themselves: the bot came to a group or went, was blocked or allowed again, a group moved."""

from typing import Annotated

from bot.ask import Role
from bot.chat import Chat
from bot.command import command
from bot.kinds import FreeText
from bot.language import _, mark
from bot.reply import Draft, Reply, press
from bot.store import places


@command("added", mark("The bot came to a group"), role=Role.HOUSE, hidden=True)
def added(chat: Chat) -> Reply:
    """Greets a group, once for each time that the bot comes to it."""
    if chat.place.private or places.known(chat.connection, chat.place):
        return Reply(())
    places.mark(chat.connection, chat.place, chat.ask.account, False, chat.now)
    return (
        Draft()
        .say(
            _("Hello! I am Cairn: I know the whole {roadmap} roadmap.").format(roadmap=chat.roadmap.title),
            _(
                "- `/explain sharding` explains any topic\n"
                "- `/quiz` asks, and each of you answers for themselves\n"
                "- `/next` says what you should learn now"
            ),
        )
        .offer([press(_("The map"), "map"), press(_("Every command"), "help")])
        .reply()
    )


@command("removed", mark("The bot was removed or blocked"), role=Role.HOUSE, hidden=True)
def removed(chat: Chat) -> Reply:
    """Stops all sending there."""
    places.mark(chat.connection, chat.place, chat.ask.account, True, chat.now)
    return Reply(())


@command("back", mark("The bot is allowed again"), role=Role.HOUSE, hidden=True)
def back(chat: Chat) -> Reply:
    """Sending may go on."""
    places.mark(chat.connection, chat.place, chat.ask.account, False, chat.now)
    return Reply(())


@command("moved", mark("A group lives on under another id"), role=Role.HOUSE, hidden=True)
def moved(chat: Chat, to: Annotated[str, FreeText(128)]) -> Reply:
    """Everything of the group goes to its new id."""
    places.move(chat.connection, chat.place, to, chat.now)
    return Reply(())
