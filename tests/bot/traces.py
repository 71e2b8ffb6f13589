"""A past of somebody who left traces everywhere, all of them marked, and the search for what is left of them."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Integer, String, Table, func, insert, select, text, update

from adapters.discord import data as discord_data
from adapters.discord.homes import Homes
from adapters.discord.slots import Slots as DiscordSlots
from adapters.telegram import data as telegram_data
from adapters.telegram.links import Links
from adapters.telegram.polls import Polls, Shown
from adapters.telegram.slots import Slots as TelegramSlots
from adapters.telegram.spot import Spot
from bot.ask import Account, Ask, Place, Role
from bot.keep import Keep, Memory
from bot.reply import Quiz, Reply
from bot.store.owned import mentions, mine, personal
from bot.store.tables import Instant, account, learner, metadata
from tests.world import World, buttons, words

WORD = "zebrafin"
"""Stands in everything that Ann wrote, and in her names."""
ID = "4711"
"""Begins every id of hers."""
LEARNER = 987_654_321
"""Her number as a learner: no other number in the database holds it."""
ANN = Account("console", f"{ID}001", f"Ann {WORD}")
TELEGRAM = Account("telegram", f"{ID}002", f"Ann {WORD}")
DISCORD = Account("discord", f"{ID}003", f"Ann {WORD}")
BEN, CAT = Account("console", "walrus ben", "Ben"), Account("console", "walrus cat", "Cat")
G1, G2, G3 = Place("console", "g1"), Place("console", "g2", "t1"), Place("telegram", "-100")


class Talk:
    """People who talk to one Cairn; `last` is the reply to the last of them."""

    def __init__(self, cairn: World) -> None:
        self._cairn = cairn
        self.last: Reply | None = None

    def say(self, who: Account, line: str, place: Place | None = None) -> str:
        """The words of the reply to a line."""
        where = place or Place(who.platform)
        ask = Ask(line, who, where, self._cairn.now, Role.MEMBER)
        self.last = asyncio.run(self._cairn.engine.answer(ask))
        return words(self.last)

    def press(self, who: Account, label: str, place: Place | None = None) -> str:
        """Presses a button of the last reply."""
        line = next(button.line for button in buttons(self.last) if button.label == label)
        return self.say(who, line, place)

    def option(self, at: int = 0) -> str:
        """The line of an option of the question that was shown last."""
        assert self.last
        return next(block for block in self.last.blocks if isinstance(block, Quiz)).options[at].line


def live(cairn: World) -> Talk:
    """Ann's past, with Ben and Cat in her groups; every table that holds something about people holds her.

    What is theirs alone holds the word walrus.
    """
    cairn.database.do(_number)
    talk = Talk(cairn)
    for who in (ANN, BEN, CAT):
        for group in (G1, G2):
            talk.say(who, "/start", group)
    _study(talk)
    _join(talk)
    _hand_in(talk)
    asyncio.run(_remember(cairn))
    cairn.database.do(_fill)
    return talk


def _number(connection: Connection) -> None:
    """The next learner is LEARNER."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('learner', 'id'), {LEARNER - 1})"))
    else:
        connection.execute(insert(learner), {"id": LEARNER - 1, "created": datetime(2026, 1, 1, tzinfo=UTC)})


def _study(talk: Talk) -> None:
    for line in (f"/settings name={WORD} zone=Tokyo", "/learn docker", "/done caching", "/path language=go"):
        talk.say(ANN, line)
    talk.say(ANN, f"/note caching {WORD} is my note")
    talk.say(ANN, f"/report caching {WORD} is wrong")
    talk.say(BEN, "/note caching walrus")
    for whose, topic in ((ANN, "sharding"), (BEN, "caching"), (CAT, "docker")):
        talk.say(whose, f"/quiz {topic} 1")
        line = talk.option()
        for who in (ANN, BEN, CAT):
            talk.say(who, line)
    talk.say(ANN, "/quiz sharding 3", G1)
    line = talk.option()
    for who in (ANN, BEN):
        talk.say(who, line, G1)
    talk.say(ANN, "/cancel", G1)
    talk.say(ANN, "/quiz caching 3")


def _join(talk: Talk) -> None:
    """Ann is one learner on three platforms."""
    for other in (TELEGRAM, DISCORD):
        talk.say(other, "/done redis", G3 if other is TELEGRAM else None)
        code = re.search(r"\b[A-Z0-9]{8}\b", talk.say(ANN, "/link"))
        assert code
        talk.say(other, f"/link {code.group()}")
    talk.say(ANN, "/link")


def _hand_in(talk: Talk) -> None:
    for who in (ANN, BEN, CAT):
        talk.say(who, "/project", G1)
        talk.say(who, f"/submit https://{WORD if who is ANN else 'walrus'}.example.org/x {WORD * (who is ANN)}", G1)
    for who in (ANN, BEN, CAT):
        talk.say(who, "/projects", G1)
        for line in [button.line for button in buttons(talk.last) if button.line.startswith("/cheer")]:
            talk.say(who, line, G1)


async def _remember(cairn: World) -> None:
    """What adapters keep of Ann's private chats, and of what she said in groups."""
    keep, now = Keep(cairn.database), lambda: cairn.now
    telegram, discord = Memory(keep, "telegram", now), Memory(keep, "discord", now)
    hers, line = Spot(int(TELEGRAM.id), private=True), f"#2 /explain {WORD} " + "and more " * 12
    await TelegramSlots(telegram).note(hers, "quiz", 5)
    await Polls(telegram).note("poll1", Shown(hers, ("/answer 1 1",)))
    await Links(telegram).lend(f"/note caching {WORD}", TELEGRAM, "made_bot")
    await telegram_data.Handles(telegram).short(line, TELEGRAM)
    await telegram.put("form", f"-100 {TELEGRAM.id}", "{}", 1, TELEGRAM)
    await discord_data.Handles(discord).short(line, DISCORD)
    await DiscordSlots(discord).note(77, "quiz", 5, DISCORD)
    await Homes(discord).lose(int(DISCORD.id), DISCORD)


def _fill(connection: Connection) -> None:
    """Makes a row of Ann's in every table about people that has none yet, and messages that wait for her."""
    for table in personal():
        if not count(connection, table, LEARNER):
            connection.execute(insert(table), _row(connection, table))
    for column in mentions():
        connection.execute(update(column.table).values({column: LEARNER}))
    outbox = metadata.tables["outbox"]
    row = _row(connection, outbox)
    for at, who in enumerate((ANN, TELEGRAM, DISCORD)):
        to = {"key": f"{WORD} {at}", "platform": who.platform, "account": who.id, "learner_id": None}
        connection.execute(insert(outbox), {**row, **to})


def count(connection: Connection, table: Table, *learners: int) -> int:
    """How many rows of a table belong to these learners."""
    rows = select(func.count()).select_from(table).where(mine(table))
    return connection.execute(rows, {"of_learners": learners}).scalar_one()


def _row(connection: Connection, table: Table) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.c:
        if column.name == "learner_id":
            row[column.name] = LEARNER
        elif key := next(iter(column.foreign_keys), None):
            row[column.name] = None if column.nullable else connection.execute(select(key.column)).scalars().first()
        elif column.name != "id" and not column.nullable:
            row[column.name] = _value(column.type)
    return row


def _value(kind: Any) -> Any:
    if isinstance(kind, Instant):
        return datetime(2027, 1, 1, tzinfo=UTC)
    values = {Boolean: True, Date: date(2027, 1, 1), Integer: 1, String: WORD}
    return next(value for type_, value in values.items() if isinstance(kind, type_))


def left(connection: Connection) -> Iterator[str]:
    """Where anything of Ann is found: in a name, an id, words or her number, in whichever column."""
    marks = (WORD, ID, str(LEARNER))
    for table in metadata.sorted_tables:
        for row in connection.execute(select(table)).mappings():
            yield from (f"{table.name}.{name}" for name, value in row.items() if any(m in str(value) for m in marks))


def accounts(connection: Connection) -> int:
    """How many accounts Ann has."""
    return connection.execute(select(func.count()).where(account.c.learner_id == LEARNER)).scalar_one()
