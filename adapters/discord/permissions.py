"""The one notice to whoever runs a server in which the bot may not write."""

from adapters.discord.desk import Desk
from adapters.discord.rights import Channel, missing, shown
from adapters.discord.sheets import sheets
from bot.language import _
from bot.markup import escape
from bot.reply import Draft

DAYS = 30
"""So long the same notice is not repeated."""


async def tell(desk: Desk, channel_id: int) -> None:
    """Tells the server's owner, once, what the bot may not do in a channel."""
    channel = desk.posting.client.get_channel(channel_id)
    if not isinstance(channel, Channel) or not channel.guild.owner_id:
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
