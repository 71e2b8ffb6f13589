"""Other people's words in a public place: what they write there calls nobody, opens nothing and invites nowhere."""

import re
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from bot.ask import clean
from bot.markup import escape

_BREAK = "\u200d"
"""A joiner: it is kept, is not seen, and belongs to no name or ending of an address."""

_TRIGGER = re.compile(r"[@#/:.<](?=\S)")
"""What a mention, a tag, a command, an address or a host begins or goes on with."""

INVITES = ("discord.gg", "dsc.gg", "discord.com/invite", "discordapp.com/invite", "t.me", "telegram.me", "telegram.dog")


def defuse(text: str) -> str:
    """Somebody's words for our Markdown in one line: no mention, link, tag or command of any platform is left in it."""
    return escape(_TRIGGER.sub(rf"\g<0>{_BREAK}", clean(text)))


def shown_link(link: str) -> str:
    """A link that was handed in, to be pressed; a name in it calls nobody."""
    return f"<{link.replace('@', '%40')}>"


def invites(link: str) -> bool:
    """Whether a link leads into a chat."""
    parts = urlsplit(link)
    host = "." + (parts.hostname or "").rstrip(".")
    path = normpath(unquote(parts.path).casefold()).strip("/") + "/"
    places = (invite.partition("/") for invite in INVITES)
    return any(
        host.endswith(f".{where}") and path.startswith(f"{under}/" if under else "") for where, _, under in places
    )
