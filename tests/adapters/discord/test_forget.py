"""After /forget on Discord nothing of the person is left, whatever the adapter had to remember of them."""

from sqlalchemy import select

from bot.ask import Account, Place
from bot.port import Gone
from bot.reply import Button, Draft
from bot.store.tables import metadata
from tests.adapters.discord.conftest import Study
from tests.adapters.discord.running import Running
from tests.fakes.discord_server import DiscordServer

WORD = "zebrafin"
LINE = f"/x {WORD} " + "y" * 110


def rows(cairn: Running, user: int) -> list[str]:
    """Every row of every table in which a word or the id of somebody stands, as text."""
    with cairn.engine.database.engine.connect() as connection:
        every = [f"{table.name} {row}" for table in metadata.sorted_tables for row in connection.execute(select(table))]
    return [row for row in every if WORD in row or str(user) in row]


async def test_nothing_is_left_of_slots_long_lines_and_lost_messages(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    ann = study.ann
    cairn.scripted["/said"] = Draft().say("Here").offer([Button("Long", LINE)]).reply(slot="shown")
    await ann.slash(study.channel, "note", topic="caching", text=WORD)
    await ann.says(study.channel, "@bot /said")
    await study.channel.next()
    await ann.says(ann.dm, "/said")
    await ann.dm.next()
    ann.closed = True
    try:
        await cairn.port.send(Place("discord"), Account("discord", str(ann.id)), Draft().say("Due").reply())
    except Gone:
        ann.closed = False
    hers = rows(cairn, ann.id)
    assert {row.split("'")[1] for row in hers if row.startswith("keep")} == {
        "discord-line",
        "discord-slot",
        "discord-lost",
        "recent",
    }
    await ann.says(ann.dm, "/forget")
    asked = await ann.dm.next()
    assert "It is done" in (await ann.press("Forget me", asked)).text
    assert rows(cairn, ann.id) == []
