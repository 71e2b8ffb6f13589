"""/privacy, /export and /forget: what is stored about the learner, a file with all of it, and its end."""

import gzip
from datetime import timedelta
from typing import Annotated

from bot.chat import Chat
from bot.command import command
from bot.kinds import OneOf
from bot.language import _, mark
from bot.reply import Draft, File, Reply, press
from bot.store import exporting, forgetting, owned

FILE = "cairn-export.json"
LARGEST = 8_000_000
"""Bytes of a file that every platform takes; a larger one is packed."""
ASKED_FOR = timedelta(minutes=10)
"""So long a confirmation counts after it was asked for."""

_SPACE = "forget"


@command("privacy", mark("What is stored about you, why, and how long"), private=True)
def privacy(chat: Chat) -> Reply:
    """A line for each kind of thing that the tables declare to hold."""
    lines = [
        _("- **{what}**, {why}: {until}").format(what=_(kind.what), why=_(kind.why), until=_(kind.until))
        for kind in owned.kinds()
    ]
    draft = Draft().say(
        _("## What is stored about you"),
        "\n".join(lines),
        _(
            "Of what is said in chats nothing else is kept. Who is not seen for 24 months is forgotten, a group after "
            "90 days, unless whoever hosts this Cairn has set other times."
        ),
    )
    return draft.offer([press(_("Export"), "export"), press(_("Forget me"), "forget")]).reply()


@command("export", mark("A file with everything that is stored about you"), private=True)
def export(chat: Chat) -> Reply:
    """Everything about the learner as JSON."""
    draft = Draft().say(_("Here is everything that is stored about you."))
    name, data = FILE, exporting.export(chat.connection, chat.learner.id, chat.now)
    if len(data) > LARGEST:
        name, data = f"{FILE}.gz", gzip.compress(data)
    draft.blocks.append(File(name, data, _("Everything about you, as JSON")))
    return draft.offer([press(_("What is stored, and why"), "privacy")]).reply()


@command("forget", mark("Deletes everything about you, after a confirmation"), private=True)
def forget(chat: Chat, sure: Annotated[str | None, OneOf(("confirm", "keep"))] = None) -> Reply:
    """Asks once; confirmed within ten minutes, everything about the learner goes, and nothing is written afterwards."""
    asked = chat.kept(_SPACE, str(chat.learner.id))
    if sure == "keep":
        if asked:
            chat.keep(_SPACE, str(chat.learner.id), "", chat.now)
        return Draft().say(_("Nothing was deleted.")).offer([press(_("What next?"), "next")]).reply()
    if sure is None or not asked:
        return _ask(chat)
    forgetting.forget(chat.connection, [chat.learner.id])
    return (
        Draft()
        .say(_("**It is done:** nothing about you is stored any more. Should you write again, we begin anew."))
        .reply()
    )


def _ask(chat: Chat) -> Reply:
    chat.keep(_SPACE, str(chat.learner.id), "asked", chat.now + ASKED_FOR)
    draft = Draft().say(
        _("## Shall I forget you?"),
        _(
            "Your progress, points, notes, projects and all else that /privacy lists would be deleted at once, on all "
            "platforms that you linked. There is no way back."
        ),
    )
    draft.offer([press(_("Forget me"), "forget", "confirm"), press(_("Keep everything"), "forget", "keep")])
    return draft.offer([press(_("Export first"), "export")]).reply()
