"""What the bot may do in a channel: which permissions it needs, and which of them it lacks there."""

import re

import discord

from bot import rights
from bot.language import _
from bot.reply import Reply

NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    attach_files=True,
    read_message_history=True,
)
"""Reading the history lets an answer stand under the message that it answers."""

Channel = discord.abc.GuildChannel | discord.Thread

_ROLE = re.compile(r"<@&(\d{1,20})>\Z")


def shown() -> dict[str, str]:
    """The permissions as Discord's settings call them."""
    return {
        "view_channel": _("View Channels"),
        "send_messages": _("Send Messages"),
        "send_messages_in_threads": _("Send Messages in Threads"),
        "create_public_threads": _("Create Public Threads"),
        "attach_files": _("Attach Files"),
        "read_message_history": _("Read Message History"),
    }


def missing(channel: Channel) -> list[str]:
    """The names of the permissions that are needed to write in a channel, and lack."""
    may = channel.permissions_for(channel.guild.me)
    thread = isinstance(channel, discord.Thread)
    wanted = ("view_channel", "send_messages_in_threads" if thread else "send_messages", "attach_files")
    return [shown()[name] for name in wanted if not getattr(may, name)]


def role_of(guild: discord.Guild | None, mention: str) -> discord.Role | None:
    """The role that a group chose to mention, if it is there still; never everybody."""
    found = _ROLE.match(mention.strip())
    role = guild.get_role(int(found[1])) if found and guild else None
    return None if role is None or role.is_default() else role


def checked(channel: object, reply: Reply) -> Reply:
    """A reply with what the bot may not do in a channel of that which the reply asks about."""
    if not reply.checks or not isinstance(channel, Channel):
        return reply
    every = [sentence for check in reply.checks for sentence in _lacking(channel, check)]
    return rights.told(reply, every)


def _lacking(channel: Channel, check: str) -> list[str]:
    """Sentences of what cannot be done; polls are buttons here, and need nothing of their own."""
    what, _blank, role = check.partition(" ")
    if what == rights.SEND:
        return [_("{right}: without it I cannot post here").format(right=name) for name in missing(channel)]
    if what == rights.THREAD:
        return _no_thread(channel)
    return _no_mention(channel, role) if what == rights.MENTION else []


def _no_thread(channel: Channel) -> list[str]:
    """A project gets a thread of its own, unless the group is in one."""
    if isinstance(channel, discord.Thread):
        return []
    may = channel.permissions_for(channel.guild.me)
    told = _("{right}: without it the week’s project gets no thread of its own")
    wanted = ("create_public_threads", "send_messages_in_threads")
    return [told.format(right=shown()[name]) for name in wanted if not getattr(may, name)]


def _no_mention(channel: Channel, mention: str) -> list[str]:
    role = role_of(channel.guild, mention)
    if role is None:
        return [_("The role that the daily topic mentions is no longer there: choose another with `/group mention=`")]
    if role.mentionable or channel.permissions_for(channel.guild.me).mention_everyone:
        return []
    told = _("The role {role} is not called: allow everybody to mention it, in its own settings")
    return [told.format(role=mention)]
