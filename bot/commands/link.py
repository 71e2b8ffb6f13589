"""/link: one learner on several platforms, joined by a short-lived code."""

import hashlib
import secrets
from datetime import timedelta
from typing import Annotated

from bot.chat import Chat
from bot.command import Where, command
from bot.commands.unlink import listed
from bot.kinds import FreeText
from bot.language import _, mark, plural
from bot.learning import code as rule
from bot.reply import Draft, Reply, press
from bot.store import accounts, days, joining, kept, learners, nudges, progress

VALID = timedelta(minutes=10)
TRIES = 5
"""Wrong codes before a pause."""
PAUSE = timedelta(minutes=15)

CODES = "link"
"""Where codes are kept: only what they hash to, so that a copy of the database holds none."""
WRONG = "link-wrong"
"""Where wrong tries are counted, by learner."""


@command(
    "link",
    mark("Joins your accounts: what you learn on one platform counts on all"),
    private=True,
    where=Where.PRIVATE,
)
def link(chat: Chat, code: Annotated[str | None, FreeText(60)] = None) -> Reply:
    """Shows a code, or joins by the code that another account was shown."""
    return _redeemed(chat, rule.read(code)) if code else _shown(chat)


def _shown(chat: Chat) -> Reply:
    """A new code; the one before counts no more."""
    code = "".join(secrets.choice(rule.ALPHABET) for _at in range(rule.LENGTH))
    kept.drop_all(chat.connection, CODES, chat.learner.id)
    chat.keep(CODES, _hashed(code), "", chat.now + VALID)
    return (
        Draft()
        .say(
            _("This code joins your accounts. Write it to me in your private chat on the other platform:"),
            f"`/link {code}`",
            _(
                "It holds for {minutes} minutes and works once. Give it to nobody: whoever writes it becomes one "
                "learner with you."
            ).format(minutes=VALID // timedelta(minutes=1)),
        )
        .offer([press(_("Another code"), "link"), press(_("My accounts"), "unlink")])
        .reply()
    )


def _redeemed(chat: Chat, code: str) -> Reply:
    """Joins whoever asks with whoever was shown the code; the counting of wrong tries keeps anybody from guessing."""
    wrong = int(chat.kept(WRONG, str(chat.learner.id)) or 0)
    if wrong >= TRIES:
        return _said(
            _("There were {count} wrong codes; codes count again 15 minutes after the last one.").format(count=TRIES)
        )
    other = kept.whose(chat.connection, CODES, _hashed(code), chat.now)
    if other == chat.learner.id:
        return _said(_("That is your own code: write it in your private chat with me on the *other* platform."))
    if other is None or not _taken(chat, code, other):
        return _refused(chat, wrong + 1)
    stays = joining.join(chat.connection, chat.learner.id, other)
    nudges.recount(chat.connection, stays, chat.now)
    return _joined(chat, stays)


def _taken(chat: Chat, code: str, other: int) -> bool:
    """Whether the code is used up now by this ask, and nobody else changes its learner meanwhile."""
    learners.lock(chat.connection, other)
    return kept.take(chat.connection, CODES, _hashed(code), chat.now) == other


def _refused(chat: Chat, wrong: int) -> Reply:
    chat.keep(WRONG, str(chat.learner.id), str(wrong), chat.now + PAUSE)
    told = _("That code is not valid: it was mistyped, was used already, or is older than 10 minutes.")
    if wrong >= TRIES:
        return _said(told, _("That was wrong {count} times; codes count again in 15 minutes.").format(count=wrong))
    return _said(told, _("`/link` on the other platform shows a new one."))


def _said(*paragraphs: str) -> Reply:
    return Draft().say(*paragraphs).offer([press(_("Show a code here"), "link")]).reply()


def _joined(chat: Chat, learner_id: int) -> Reply:
    """What is together now."""
    standing = progress.standing(chat.connection, learner_id, chat.roadmap.id, chat.library.search.renamed)
    topics, active = len(standing.states), len(days.read(chat.connection, learner_id))
    draft = Draft().say(
        _("**You are one learner now**, here and there: {topics}, {days}.").format(
            topics=plural("{count} topic", "{count} topics", topics).format(count=topics),
            days=plural("{count} active day", "{count} active days", active).format(count=active),
        ),
        _(
            "Progress, memory, points, days, notes, projects and groups of both are united, and nothing counts twice. "
            "Where both had chosen a setting, the older account's holds."
        ),
        listed(chat, accounts.of(chat.connection, learner_id)),
    )
    return draft.offer([press(_("Progress"), "progress"), press(_("My accounts"), "unlink")]).reply()


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
