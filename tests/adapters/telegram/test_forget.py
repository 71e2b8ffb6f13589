"""After /forget on Telegram nothing of the person is left, whatever the adapter had to remember of them."""

from sqlalchemy import select

from adapters.telegram.spot import PLATFORM
from bot.reply import Button, Draft
from bot.store.tables import keep, metadata
from tests.adapters.telegram.running import Running
from tests.fakes.telegram_server import TelegramServer

WORD = "zebrafin"
LINE = f"/x {WORD} " + "y" * 70


def rows(cairn: Running) -> list[str]:
    """Every row of every table as text."""
    with cairn.engine.database.engine.connect() as connection:
        return [f"{table.name} {row}" for table in metadata.sorted_tables for row in connection.execute(select(table))]


async def test_nothing_is_left_of_polls_forms_slots_links_and_long_lines(tg: TelegramServer, cairn: Running) -> None:
    eve, ann = tg.user("Eve"), tg.user(f"Ann {WORD}")
    group = tg.group("Backend", owner=eve)
    await group.add_bot()
    group.join(ann)
    cairn.scripted["/said"] = Draft().say("Here").offer([Button("Long", LINE)]).reply(slot="shown")
    cairn.scripted["/review"] = Draft().say("Only for you. " * 20).reply()
    cairn.scripted["/form"] = Draft().say("Fill").offer([Button("Go", f"/note {WORD}", fill=("text",))]).reply()
    await group.says(ann, "/quiz sharding 2")
    await group.next()
    await group.says(ann, f"/explain {WORD} " + "and more " * 20)
    await group.next()
    await group.says(ann, f"/review {WORD}")  # it goes to a private chat that is not open yet: a link is lent
    await group.next()
    private = tg.private(ann, started=True)
    for line in ("/quiz caching 2", "/said", "/form"):
        await private.says(line)
        await private.next()
    await private.press("Go")
    await private.next()
    hers = [row for row in rows(cairn) if WORD in row or str(ann.id) in row]
    assert len([row for row in hers if row.startswith("keep")]) >= 4, hers
    await private.says("/forget")
    asked = await private.next()
    await private.press("Forget me", asked)
    assert "It is done" in (await private.next()).text
    assert [row for row in rows(cairn) if WORD in row or str(ann.id) in row] == []


async def test_what_is_answered_after_it_leaves_nothing_either(tg: TelegramServer, cairn: Running) -> None:
    group = tg.group("Backend", owner=tg.user("Eve"))
    await group.add_bot()
    ann = tg.user(f"Ann {WORD}")
    group.join(ann)
    await group.says(ann, "/forget")  # her private chat is not open: what follows is lent to her by a link
    await group.next()
    await group.says(ann, "/forget confirm")
    await group.next()
    assert [row for row in rows(cairn) if WORD in row or str(ann.id) in row] == []


async def test_what_a_stranger_begins_in_a_group_can_be_finished(tg: TelegramServer, cairn: Running) -> None:
    group = tg.group("Backend", owner=tg.user("Eve"))
    await group.add_bot()
    cairn.scripted["/form"] = Draft().say("Fill").offer([Button("Go", "/set", fill=("zone",))]).reply()
    cairn.scripted["/set zone=Berlin"] = Draft().say("Set").reply()
    await group.says(group.owner, "/form@made_bot")
    form = await group.next()
    bob = tg.user("Bob")
    group.join(bob)
    await group.press(bob, "Go", form)
    asked = await group.next()
    with cairn.engine.database.engine.connect() as connection:
        kept = select(keep.c.key).where(keep.c.space == f"{PLATFORM}-form")
        assert connection.execute(kept).all() == []  # he said nothing to Cairn yet
    await group.says(bob, "Berlin", reply_to=asked)
    assert (await group.next()).text == "Set"
