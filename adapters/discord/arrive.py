"""From a message to the line it says to us, if it says anything to us."""

import re

import discord

HELP = "/help"

_HEARD = (discord.MessageType.default, discord.MessageType.reply)


def line(message: discord.Message, me: discord.abc.Snowflake) -> str | None:
    """The line of a message; None where it is not for us. "" is a direct message without words.

    Discord gives us the words of direct messages, and of messages that mention us, an answer to ours being one.
    """
    if message.author.bot or message.webhook_id or message.type not in _HEARD:
        return None
    text = message.content.strip()
    if message.guild is None:
        return text
    if not any(user.id == me.id for user in message.mentions):
        return None
    said = re.sub(rf"\s*<@!?{me.id}>[,:]?[ \t]*", " ", text, count=1).strip()
    return said or HELP
