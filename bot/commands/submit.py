"""/submit: handing a project in, and changing what was handed in."""

import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from bot.briefing import at_hand
from bot.chat import Chat
from bot.command import command
from bot.defuse import defuse, invites, shown_link
from bot.kinds import FreeText, Span, Unclear
from bot.language import _, mark, plural
from bot.learning import points
from bot.library import Library
from bot.reply import Draft, Reply, press
from bot.store import boards, days, ledger, submissions

LONGEST = 500
"""Characters of a link, and of a note."""

NONE = ("-", "–", "—")
"""Notes that say that there is none."""

_SIGNS = re.compile(r"[\w.~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII)
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*\.?")


@dataclass(frozen=True)
class Link(FreeText):
    """An https address of something made; nothing is fetched."""

    def read(self, text: str, library: Library) -> str:
        """The address as it was written."""
        link = super().read(text, library)
        if not _SIGNS.fullmatch(link):
            told = _(
                "An address has no blanks, quotes or letters with accents: copy it from your browser's address bar."
            )
            raise Unclear(told)
        parts = _split(link)
        if parts is None or parts.scheme != "https" or not _HOST.fullmatch(parts.hostname or ""):
            raise Unclear(_("That is no https address. Write one such as https://example.org/my-project."))
        if "@" in parts.netloc:
            raise Unclear(_("That address holds a name before its host. Write it without the part up to the “@”."))
        if invites(link):
            raise Unclear(_("That leads into a chat. Hand in the address of what you made."))
        return link


def _split(link: str) -> SplitResult | None:
    """The parts of an address, None where it has no sensible ones."""
    try:
        parts = urlsplit(link)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


@command("submit", mark("Hands a project in: its address, and a note if you like"), "/submit https://example.org/x")
def submit(
    chat: Chat,
    link: Annotated[str, Link(LONGEST, Span.ONE)],
    note: Annotated[str | None, FreeText(LONGEST)] = None,
) -> Reply:
    """Hands in the project at hand, or changes what was handed in for it; without a note the one before stays."""
    if chat.group and chat.group.muted:
        return muted()
    project = at_hand(chat)
    if project is None:
        return _nothing_at_hand(chat)
    before = submissions.own(chat.connection, chat.learner.id, project.id)
    kept = (before.note if before else "") if note is None else note
    kept = "" if kept.strip() in NONE else kept
    draft = Draft(about=list(project.topics))
    if before:
        submissions.edit(chat.connection, before.id, link, kept, chat.now)
        draft.say(_("You had handed **{title}** in: its link and note are now these.").format(title=project.title))
        submission = before.id
    else:
        submission = submissions.hand_in(chat.connection, chat.learner.id, project.id, link, kept, chat.now)
        draft.say(_("Handed in: **{title}**.").format(title=project.title), _earned(chat))
    draft.say(shown(link, kept))
    if chat.group and not submissions.show(chat.connection, chat.group.id, submission, chat.now):
        draft.say(_("An administrator has taken it out of this group's list, and there it stays out."))
    return draft.offer([press(_("Projects"), "projects"), press(_("What next?"), "next")]).reply()


def muted() -> Reply:
    """What a member hears whom an administrator lets hand in and cheer no more."""
    told = _("An administrator has muted you here. In your private chat with me you can go on as before.")
    return Draft().say(told).offer([press(_("What next?"), "next")]).reply()


def _nothing_at_hand(chat: Chat) -> Reply:
    told = _("You have no project yet: take one first.")
    if chat.group:
        told = _("This group has no project of this week yet: take one first.")
    return Draft().say(told).offer([press(_("A project"), "project")]).reply()


def _earned(chat: Chat) -> str:
    """Books the points for a first handing in, one a week; what is said of them."""
    learner, connection = chat.learner, chat.connection
    day = days.mark(connection, learner.id, learner.zone, chat.now)
    key = ledger.free(connection, learner.id, [f"project {points.week(day)}"])
    if key is None:
        return _("One project a week brings points, and yours of this week has.")
    brought = ledger.book(connection, learner.id, [(key, submissions.REASON, points.PROJECT)], day, chat.now)
    boards.add(connection, learner.id, brought, False, chat.now)
    return plural("It brings {count} point.", "It brings {count} points.", brought).format(count=brought)


def shown(link: str, note: str) -> str:
    """A link and a note as others may see them."""
    return "\n".join([shown_link(link), *([defuse(note)] if note else [])])
