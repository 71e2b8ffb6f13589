"""Who leaves a Telegram group: told by the group's own messages, and by member updates where the bot administers."""

import pytest

from bot.ask import Role
from bot.reply import Draft
from tests.adapters.telegram.running import Running
from tests.adapters.telegram.test_group import a_group, heard
from tests.fakes.telegram_group import Group
from tests.fakes.telegram_model import User
from tests.fakes.telegram_server import TelegramServer


async def learns(tg: TelegramServer, group: Group, who: User) -> None:
    """Somebody answers a question in the group, so that they stand on its board."""
    await group.says(who, "/quiz sharding 1")
    await group.votes(who, 0, message=await group.next())
    await heard(tg)


async def board(group: Group, who: User) -> str:
    """The group's board as it is shown."""
    await group.says(who, "/leaderboard")
    return (await group.next()).text


def told(cairn: Running) -> list[tuple[str, str]]:
    """What the house said of whom."""
    return [(ask.text, ask.account.name) for ask in cairn.asks if ask.role is Role.HOUSE and ask.text != "/added"]


async def test_whoever_leaves_is_off_the_board_and_returns(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg, supergroup=True)
    bob = tg.user("Bob")
    await learns(tg, group, bob)
    assert "Bob" in await board(group, group.owner)
    group.quit(bob)
    assert "Bob" not in await board(group, group.owner)
    group.enter(bob)
    assert "Bob" in await board(group, group.owner)
    assert told(cairn) == [("/left", "Bob"), ("/back", "Bob")]


async def test_everybody_who_is_added_at_once_is_told_but_bots(tg: TelegramServer, cairn: Running) -> None:
    group = await a_group(tg)
    other = User(tg.number(), "Other bot", is_bot=True)
    group.enter(tg.user("Eve"), other, tg.user("Mallory"))
    group.quit(other, "kicked")
    await heard(tg)
    await tg.until(lambda: len(told(cairn)) == 2)
    assert told(cairn) == [("/back", "Eve"), ("/back", "Mallory")]


@pytest.mark.parametrize("status", ["left", "kicked", "absent"])
async def test_an_administrating_bot_hears_of_it_without_a_message(
    tg: TelegramServer, cairn: Running, status: str
) -> None:
    group = await a_group(tg, supergroup=True)
    await group.promote_bot()
    bob = tg.user("Bob")
    for each in ("member", status, "restricted", "member", "administrator"):
        group.join(bob, each)
    cairn.scripted["/next"] = Draft().say("Here").reply()
    await group.says(group.owner, "/next")
    assert (await group.next()).text == "Here"
    assert told(cairn) == [("/back", "Bob"), ("/left", "Bob"), ("/back", "Bob")]
