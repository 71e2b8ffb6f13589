"""What whoever hosts the bot is told: why it cannot begin, who it is, and the address that invites it."""

import discord

from adapters.discord.rights import NEEDED
from bot.port import Unwelcome

PORTAL = "https://discord.com/developers/applications"


class WrongToken(Unwelcome):
    """Discord does not let this bot in, and trying again does not help; the message says what to do."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or f"Discord refuses the token in CAIRN_DISCORD_TOKEN: open {PORTAL}, choose the application, "
            "“Bot” and “Reset Token”, and set what it shows"
        )


INTENTS = (
    "Discord refuses an intent: Cairn asks for guilds, guild messages and direct messages only, none of them "
    f"privileged. Look at {PORTAL} whether the application is restricted"
)
SHARDS = "Discord refuses the shards: write CAIRN_DISCORD_SHARDS as 0-3/16, with as many as Discord recommends or more"


def invite(application: int) -> str:
    """The address at which a server adds the bot, with the permissions it needs."""
    return discord.utils.oauth_url(application, permissions=NEEDED, scopes=("bot", "applications.commands"))


def greeting(me: discord.ClientUser, application: int, first: bool, endpoint: str | None) -> str:
    """The lines for the terminal; with the addresses where this is the first run."""
    lines = [f"Cairn is on Discord as {me}"]
    if first:
        personal = discord.utils.oauth_url(application, scopes=("applications.commands",))
        lines += [
            f"  Add it to a server: {invite(application)}",
            f"  For yourself, in any chat: {personal}&integration_type=1",
        ]
    if endpoint:
        lines += [f"  An interactions endpoint is set: remove it at {PORTAL}, or no command arrives here"]
    return "\n".join(lines)
