"""Moving a group elsewhere, resetting its board, deleting it: parts of /group, each of which asks first."""

import secrets
from datetime import timedelta

from bot.ask import Place
from bot.chat import Chat
from bot.commands.group_series import changed, lines
from bot.kinds import Unclear
from bot.language import _
from bot.learning.code import ALPHABET, LENGTH, read
from bot.reply import Draft, Reply, press
from bot.store import forgetting, groups, kept, places, series
from bot.store.groups import Group
from bot.wanted import owner

SPACE = "move"
VALID = timedelta(hours=1)


def offer_move(chat: Chat, here: Group) -> Reply:
    """A code with which the same person takes the group along to another place of the platform."""
    code = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    value = "\n".join((here.place.platform, here.place.chat, here.place.thread))
    chat.keep(SPACE, code, value, chat.now + VALID)
    told = _(
        "**Move this group.** Within an hour, send `/group move={code}` in the channel, thread or topic where it is to "
        "go on: members, board, hours and all that it was taught go along. The code is for you alone, and you must be "
        "an administrator there."
    )
    return Draft().say(told.format(code=code)).offer([press(_("The group"), "group")]).reply(slot="group")


def move(chat: Chat, here: Group, word: str) -> Reply:
    """Brings the group of a code here."""
    code = read(word)
    found = chat.kept(SPACE, code) if kept.whose(chat.connection, SPACE, code, chat.now) == chat.learner.id else None
    moving = groups.find(chat.connection, Place(*found.split("\n"))) if found else None
    if moving is None:
        raise Unclear(_("That code moves nothing. `/group move` in the old place gives you a new one."))
    if moving.id == here.id:
        raise Unclear(_("This group is here already: send that in the place where it is to go on."))
    if moving.place.platform != chat.place.platform:
        raise Unclear(_("A group stays on its platform: send that in another place there."))
    if here.setter_id is not None or series.read(chat.connection, owner(here)):
        raise Unclear(_("A group is set up here already. `/group delete` removes it, then that one can move in."))
    groups.lock(chat.connection, moving.id)
    kept.take(chat.connection, SPACE, code, chat.now)
    places.settle(chat.connection, moving, here)
    after = groups.by_id(chat.connection, moving.id) or moving
    listed = "\n".join(f"- {line}" for line in lines(chat, after))
    draft = Draft().say(_("**The group is here now**, with its members, its board and its hours."), listed)
    return draft.offer([press(_("Preview"), "group", "preview"), press(_("The group"), "group")]).reply(slot="group")


def reset(chat: Chat, here: Group, sure: bool) -> Reply:
    """Lets the board count from now on; asks first."""
    back = press(_("Keep it"), "group")
    if not sure:
        told = _("**Reset the board?** It counts from now on, in all its periods. What everybody learnt stays theirs.")
        draft = Draft().say(told)
        return draft.offer([press(_("Reset the board"), "group", reset="yes"), back]).reply(slot="group")
    groups.change(chat.connection, here.id, "since", chat.now)
    changed(chat, here)
    draft = Draft().say(_("The board counts from now on. Nobody’s own points and progress were touched."))
    return draft.offer([press(_("The board"), "leaderboard"), press(_("The group"), "group")]).reply(slot="group")


def delete(chat: Chat, here: Group, sure: bool) -> Reply:
    """Removes the group with all its rows; asks first."""
    if not sure:
        told = _(
            "**Delete this group?** Its hours, board, challenge and projects go, and nothing is sent here any more. "
            "What everybody learnt stays theirs."
        )
        buttons = [press(_("Delete the group"), "group", delete="yes"), press(_("Keep it"), "group")]
        return Draft().say(told).offer(buttons).reply(slot="group")
    places.clear(chat.connection, here.place)
    forgetting.forget_groups(chat.connection, [here.id])
    told = _("The group is deleted. Whoever speaks to me here begins a new one, with an empty board.")
    return Draft().say(told).offer([press(_("Set up"), "setup")]).reply(slot="group")
