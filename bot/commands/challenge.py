"""Group against group, where the administrators of both agreed: a part of /group."""

import secrets
from datetime import timedelta

from bot.chat import Chat
from bot.kinds import Unclear
from bot.language import _
from bot.learning.code import ALPHABET, LENGTH, read
from bot.reply import Draft, Reply, press
from bot.standing import compared, done_together, named, this_week
from bot.store import challenges, groups, kept
from bot.store.groups import Group

SPACE = "challenge"
VALID = timedelta(days=7)
"""How long an offer stands."""


def challenge(chat: Chat, here: Group, word: str | None) -> Reply:
    """Shows the challenge; without one, makes a code that another group's administrator accepts; `off` ends it."""
    if word is None:
        rival = challenges.rival(chat.connection, here.id)
        return _offer(chat, here) if rival is None else _stands(chat, here, rival)
    if word.casefold() == "off":
        ended = challenges.end(chat.connection, here.id)
        told = _("The challenge is over.") if ended else _("There is no challenge.")
        return Draft().say(told).offer([press(_("The group"), "group")]).reply()
    return _accept(chat, here, word)


def _offer(chat: Chat, here: Group) -> Reply:
    code = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    kept.put(chat.connection, SPACE, code, str(here.id), chat.now + VALID, chat.learner.id)
    told = _(
        "**Group against group.** Give this code to an administrator of the other group. Once they send "
        "`/group challenge={code}` there, both boards show how the two stand, by points a member, until one ends it. "
        "Only totals are shown, and no names. The code is good for seven days."
    )
    return Draft().say(told.format(code=code)).offer([press(_("The group"), "group")]).reply()


def _accept(chat: Chat, here: Group, word: str) -> Reply:
    code = read(word)
    found = kept.get(chat.connection, SPACE, code, chat.now)
    rival = groups.by_id(chat.connection, int(found)) if found else None
    if rival is None:
        raise Unclear(_("No group offers a challenge under that code. `/group challenge` there makes a new one."))
    if rival.id == here.id:
        raise Unclear(_("That is this group’s own code: it is for an administrator of the other group."))
    kept.take(chat.connection, SPACE, code, chat.now)
    challenges.begin(chat.connection, here.id, rival.id, chat.now)
    return _stands(chat, here, rival.id)


def _stands(chat: Chat, here: Group, rival_id: int) -> Reply:
    rival = groups.by_id(chat.connection, rival_id)
    mine = this_week(chat, here)
    head = _("**Challenge:** this group and {rival}").format(rival=named(rival) if rival else "")
    draft = Draft().say(head, done_together(here, mine), compared(chat, rival_id, mine))
    return draft.offer([press(_("End it"), "group", challenge="off"), press(_("The group"), "group")]).reply()
