"""What the bot must be allowed, and the one notice to whoever runs a server when it is not."""

import discord

from adapters.discord.desk import Desk
from adapters.discord.sheets import sheets
from bot.language import _
from bot.markup import escape
from bot.reply import Draft

NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    attach_files=True,
    read_message_history=True,
)
"""Reading the history lets an answer stand under the message that it answers."""

DAYS = 30
"""So long the same notice is not repeated."""


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


def missing(channel: discord.abc.GuildChannel | discord.Thread) -> list[str]:
    """The names of the permissions that are needed to write in a channel, and lack."""
    may = channel.permissions_for(channel.guild.me)
    thread = isinstance(channel, discord.Thread)
    wanted = ("view_channel", "send_messages_in_threads" if thread else "send_messages", "attach_files")
    return [shown()[name] for name in wanted if not getattr(may, name)]


async def tell(desk: Desk, channel_id: int) -> None:
    """Tells the server's owner, once, what the bot may not do in a channel."""
    channel = desk.posting.client.get_channel(channel_id)
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or not channel.guild.owner_id:
        return
    lacking = ", ".join(missing(channel)) or shown()["send_messages"]
    key = f"{channel_id} {lacking}"
    if await desk.memory.get("told", key):
        return
    await desk.memory.put("told", key, "1", DAYS)
    told = _("I cannot write in #{channel} of **{server}**. Please allow me there: {permissions}.").format(
        channel=escape(channel.name), server=escape(channel.guild.name), permissions=lacking
    )
    direct = await desk.posting.direct(channel.guild.owner_id)
    await desk.posting.attempt(direct, await desk.maker.made(sheets(Draft().say(told).reply())[0]))
