"""What a platform must let the bot do in a place, and how it is told which rights it lacks there."""

from collections.abc import Sequence

from bot.language import _
from bot.reply import Reply

SEND = "send"
THREAD = "thread"
POLL = "poll"
MENTION = "mention"
"""What Reply.checks may name; MENTION stands before the role, with a blank between them."""


def told(reply: Reply, lacking: Sequence[str]) -> Reply:
    """A reply with what the platform found: sentences of what cannot be done for lack of a right, if any."""
    if not lacking:
        return reply.adding(_("✓ I have every right that this needs here."))
    return reply.adding(_("**Rights that I lack here:**") + "\n\n" + "\n".join(f"- {each}" for each in lacking))
