"""Who leaves a Discord server: nobody tells, so whoever a board shows is looked up, at most once a day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from adapters.discord import presence
from bot.ask import Account, Ask, Place
from bot.reply import Draft, Reply, Text
from bot.store import boards, learners
from tests.adapters.discord.conftest import Study
from tests.adapters.discord.running import Running, running
from tests.fakes.discord_faults import Fault, Refuse, Stall
from tests.fakes.discord_person import Person
from tests.fakes.discord_server import DiscordServer

MEMBER = "GET /guilds/{guild_id}/members/{user_id}"


def place(study: Study) -> Place:
    """The server's channel."""
    return Place("discord", str(study.channel.id))


async def standing(cairn: Running, study: Study, *people: Person) -> None:
    """People stand on the channel's board, the first one highest."""
    for points, person in enumerate(reversed(people), 1):
        account = Account("discord", str(person.id), person.name)
        await cairn.engine.answer(Ask("/next", account, place(study), datetime.now(UTC)))

        def earn(connection: Connection, account: Account = account, points: int = points) -> None:
            found = learners.arrive(connection, account, datetime.now(UTC))
            boards.add(connection, found.id, points, True, datetime.now(UTC))

        await cairn.engine.database.run(earn)


def looked_up(dc: DiscordServer) -> list[int]:
    """Whom Discord was asked about."""
    return [int(request.path["user_id"]) for request in dc.calls(MEMBER)]


def crowd(dc: DiscordServer, study: Study, many: int) -> list[Person]:
    """Members of the server."""
    people = [dc.user(f"P{number:02}") for number in range(many)]
    study.guild.join(*people)
    return people


async def board(study: Study) -> list[str]:
    """The names on the board as Ann sees it."""
    text = (await study.ann.slash(study.channel, "leaderboard")).text
    return [line.split(". ")[1].split(":")[0].strip("*") for line in text.splitlines() if line.startswith("- ")]


async def test_whoever_left_vanishes_and_the_next_one_moves_up(dc: DiscordServer, cairn: Running, study: Study) -> None:
    people = crowd(dc, study, 12)
    await standing(cairn, study, *people)
    study.guild.quit(people[2])
    study.guild.quit(people[10])
    assert await board(study) == [f"P{number:02}" for number in (0, 1, 3, 4, 5, 6, 7, 8, 9, 11)]
    assert await board(study) == [f"P{number:02}" for number in (0, 1, 3, 4, 5, 6, 7, 8, 9, 11)]
    assert sorted(looked_up(dc)) == sorted(person.id for person in people), "each of them once"
    study.guild.join(people[2])
    await people[2].slash(study.channel, "map")
    assert (await board(study))[2] == "P02"


async def test_somebody_is_looked_up_once_a_day_also_after_a_restart(
    dc: DiscordServer, study: Study, tmp_path: Path
) -> None:
    clock = [datetime.now(UTC)]
    [eve] = crowd(dc, study, 1)
    for hours, asked in ((0, 1), (23, 1), (25, 2)):
        clock[0] = datetime.now(UTC) + timedelta(hours=hours)
        async with running(dc, tmp_path, now=lambda: clock[0]) as cairn:
            if not hours:
                await standing(cairn, study, eve)
            cairn.scripted["/leaderboard"] = Reply((Text("Eve leads"),), shows=(Account("discord", str(eve.id)),))
            for _ in range(2):
                await study.ann.slash(study.channel, "leaderboard")
        assert looked_up(dc) == [eve.id] * asked


async def test_a_mention_shows_the_board_without_them_too(dc: DiscordServer, cairn: Running, study: Study) -> None:
    eve, bob = crowd(dc, study, 2)
    await standing(cairn, study, eve, bob)
    study.guild.quit(eve)
    await study.ann.says(study.channel, "@bot /leaderboard")
    shown = await study.channel.next()
    assert "P01" in shown.text
    assert "P00" not in shown.text


@pytest.mark.parametrize("fault", [Refuse(403, 50001), Refuse(404, 10004), Refuse(429, retry_after=60.0), Stall(9)])
async def test_who_cannot_be_looked_up_counts_as_there_and_is_looked_up_again(
    dc: DiscordServer, cairn: Running, study: Study, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "WITHIN", 0.2)
    [eve] = crowd(dc, study, 1)
    await standing(cairn, study, eve)
    study.guild.quit(eve)
    dc.trouble(MEMBER, fault)
    assert await board(study) == ["P00"]
    monkeypatch.undo()
    assert await board(study) == []


async def test_a_slow_look_is_acknowledged_in_time(dc: DiscordServer, cairn: Running, study: Study) -> None:
    people = crowd(dc, study, 12)
    await standing(cairn, study, *people)
    dc.trouble(MEMBER, Stall(0.4), None)
    assert len(await board(study)) == 10
    assert all(not each.late for each in dc.interactions.values())


async def test_nobody_is_looked_up_for_ever(dc: DiscordServer, cairn: Running, study: Study) -> None:
    people = crowd(dc, study, 40)
    await standing(cairn, study, *people)
    for person in people:
        study.guild.quit(person)
    assert len(await board(study)) == 10
    assert len(looked_up(dc)) == 10 * presence.AGAIN
    await board(study)
    assert await board(study) == []


async def test_what_the_clock_says_is_looked_at_after_it_was_sent(
    dc: DiscordServer, cairn: Running, study: Study
) -> None:
    eve, bob = crowd(dc, study, 2)
    await standing(cairn, study, eve, bob)
    study.guild.quit(eve)
    recap = Draft().say("Eve and Bob lead").reply()
    shows = tuple(Account("discord", str(person.id)) for person in (eve, bob))
    await cairn.port.send(place(study), None, Reply(recap.blocks, shows=shows))
    assert (await study.channel.next()).text == "Eve and Bob lead"
    assert [ask.account.id for ask in cairn.asks if ask.text == "/left"] == [str(eve.id)]
    assert await board(study) == ["P01"]
    assert sorted(looked_up(dc)) == [eve.id, bob.id]


async def test_nobody_is_looked_up_where_there_is_no_server(dc: DiscordServer, cairn: Running, study: Study) -> None:
    shown = Reply((Text("You lead"),), shows=(Account("discord", str(study.ann.id)),))
    cairn.scripted["/map"] = shown
    assert (await study.ann.slash(study.ann.dm, "map")).text == "You lead"
    await cairn.port.send(Place("discord"), Account("discord", str(study.ann.id)), shown)
    assert looked_up(dc) == []
