"""A platform as the contract sees it: somebody says a line or presses a button, and something is shown."""

import asyncio
import itertools
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from adapters.console import Console
from adapters.discord.port import Discord
from adapters.telegram.port import Telegram
from bot.ask import Account, Place
from bot.engine import Engine
from bot.keep import Keep
from bot.library import Library
from bot.reply import Button, Draft
from bot.store.database import Database
from tests import ready
from tests.contract.made import table
from tests.fakes.discord_channel import Channel
from tests.fakes.discord_message import Message as DiscordMessage
from tests.fakes.discord_person import Person
from tests.fakes.discord_server import DiscordServer
from tests.fakes.telegram_chats import Chat
from tests.fakes.telegram_group import Group
from tests.fakes.telegram_message import Message
from tests.fakes.telegram_model import User
from tests.fakes.telegram_server import TelegramServer
from tests.world import content

QUIET = 1.6
"""Seconds without anything new after which a platform has said all: Telegram takes one message a second."""


Says = Callable[[str], Awaitable[object]]
"""Somebody's way of saying a line; it does not wait for the answer."""


@dataclass
class Shown:
    """What somebody saw of an answer."""

    text: str = ""
    labels: list[str] = field(default_factory=list)
    pictures: int = 0
    files: int = 0
    options: list[str] = field(default_factory=list)


class Stage(Protocol):
    """One platform with a private chat and a group, in which Ann is a member and Olga administers."""

    async def say(self, line: str, words: str = "") -> Shown:
        """Ann says a line in private; where `words` are awaited, what was shown until they came."""

    async def press(self, label: str) -> Shown:
        """Ann presses a button of what was shown last in private."""

    async def in_group(self, line: str, *, admin: bool) -> Shown:
        """Ann, or Olga, says a line in the group; what the whole group sees of the answer."""

    async def strangers(self) -> "dict[str, Says]":
        """People without a right where they speak, by name, after they said /help there once.

        Mia is a member of a group, Pia administers another group, Tom is in private; Ben in a group and Eve in private
        press buttons that were not offered to them.
        """


def core(folder: Path) -> Engine:
    """The real engine with the contract's commands beside the real ones."""
    return Engine(Database.open(ready.sqlite(folder)), Library(content(), table()))


class OnConsole:
    """The terminal, by the JSON protocol."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        source, self._input = os.pipe()
        output, target = os.pipe()
        self._output = os.fdopen(output, "rb")
        self._console = Console(engine.suggest, json=True, pictures=folder / "pictures", pipes=(source, target))
        self._buttons: dict[str, str] = {}
        self._turn = asyncio.Lock()
        self.task = asyncio.create_task(self._console.run(engine.answer))

    async def _ask(self, **given: object) -> Shown:
        async with self._turn:
            os.write(self._input, (json.dumps(given) + "\n").encode())
            reply = json.loads(await asyncio.to_thread(self._output.readline))["reply"]
        private = bool(reply["private"]) and str(given.get("place", "private")) != "private"
        shown = Shown()
        for block in () if private else reply["blocks"]:
            self._see(shown, block)
        return shown

    def _see(self, shown: Shown, block: dict[str, Any]) -> None:
        match block["kind"]:
            case "text":
                shown.text += block["text"] + "\n"
            case "buttons":
                every = [button for row in block["rows"] for button in row]
                shown.labels += [button["label"] for button in every]
                self._buttons = {button["label"]: button.get("line", "") for button in every}
            case "picture":
                shown.pictures += 1
            case "file":
                shown.files += 1
            case "quiz":
                shown.text += block["ask"]
                shown.options += [option["label"] for option in block["options"]]

    async def say(self, line: str, words: str = "") -> Shown:
        return await self._ask(text=line, **{"as": "ann", "name": "Ann"})

    async def press(self, label: str) -> Shown:
        return await self.say(self._buttons[label])

    async def in_group(self, line: str, *, admin: bool) -> Shown:
        who = {"as": "olga", "role": "admin"} if admin else {"as": "ann", "role": "member"}
        return await self._ask(text=line, place="group:g1", **who)

    async def strangers(self) -> dict[str, Says]:
        def says(name: str, place: str) -> Says:
            return lambda line: self._ask(text=line, place=place, **{"as": name})

        await self._ask(text="/help", place="group:g2", role="admin", **{"as": "Pia"})
        places = {"Mia": "group:g1", "Pia": "group:g1", "Tom": "private", "Ben": "group:g1", "Eve": "private"}
        every = {name: says(name, place) for name, place in places.items()}
        for say in every.values():
            await say("/help")
        return every

    async def close(self) -> None:
        """The end of input."""
        os.close(self._input)
        await self.task
        self._output.close()


class OnTelegram:
    """Telegram: the real library against the strict server."""

    def __init__(self, engine: Engine, tg: TelegramServer) -> None:
        self.port = Telegram(
            tg.token,
            suggest=engine.suggest,
            menu=engine.library.menu,
            keep=Keep(engine.database),
            api_url=tg.url,
            tell=lambda _text: None,
        )
        self._tg = tg
        self._ann, olga = tg.user("Ann"), tg.user("Olga")
        self._olga = olga
        self.private = tg.private(self._ann, started=True)
        self.group = tg.group("Study", owner=olga, supergroup=True)
        self.task = asyncio.create_task(self.port.run(engine.answer))

    async def begin(self) -> None:
        """The bot comes to the group."""
        self.group.join(self._ann)
        await self.group.add_bot(self._olga)
        await self._fresh(self.group, 0)

    async def say(self, line: str, words: str = "") -> Shown:
        before = len(self.private.sent)
        await self.private.says(line)
        return await self._fresh(self.private, before, words)

    async def press(self, label: str) -> Shown:
        before = len(self.private.sent)
        message = next(each for each in reversed(self.private.sent) if label in each.buttons)
        await self.private.press(label, message)
        return await self._fresh(self.private, before)

    async def in_group(self, line: str, *, admin: bool) -> Shown:
        before = len(self.group.sent)
        await self.group.says(self._olga if admin else self._ann, line)
        return await self._fresh(self.group, before)

    async def strangers(self) -> dict[str, Says]:
        mia, pia, tom, ben, eve = (self._tg.user(name) for name in ("Mia", "Pia", "Tom", "Ben", "Eve"))
        rooms = {user.id: [await self._room(user), await self._room(user)] for user in (mia, pia, ben)}
        turns = {user: itertools.cycle(both) for user, both in rooms.items()}  # a group takes 20 messages a minute
        chats = {user.id: self._tg.private(user, started=True) for user in (mia, pia, tom, ben, eve)}
        other = await self._room(pia, owner=pia)
        await other.next()
        await other.says(pia, self._named("/help"))
        await other.next()
        for user in (mia, pia, ben):
            for room in rooms[user.id]:
                await room.next()  # the greeting
                await room.says(user, self._named("/help"))
                await room.next()
        for user in (tom, eve):
            await chats[user.id].says("/help")
        return {
            "Mia": lambda line: next(turns[mia.id]).says(mia, self._named(line)),
            "Pia": lambda line: next(turns[pia.id]).says(pia, self._named(line)),
            "Tom": chats[tom.id].says,
            "Ben": lambda line: next(turns[ben.id]).press(ben, line, wait=None, forged=True),
            "Eve": lambda line: chats[eve.id].press(line, wait=None, forged=True),
        }

    async def _room(self, user: User, owner: User | None = None) -> Group:
        group = self._tg.group("Room", owner=owner or self._olga, supergroup=True)
        group.join(user, "creator" if owner else "member")
        await group.add_bot(owner or self._olga)
        return group

    def _named(self, line: str) -> str:
        """A line that is meant for this bot, whatever others are in the group: `/help@made_bot`."""
        name, blank, words = line.partition(" ")
        return f"{name}@{self._tg.bot.username}{blank}{words}"

    async def _fresh(self, chat: Chat, before: int, words: str = "") -> Shown:
        """What came after the first `before` messages: until these words came, or once nothing more comes."""
        shown, still = Shown(), 0.0
        count = before
        while still < QUIET or (count == before and still < 5):
            await asyncio.sleep(0.05)
            still = 0.0 if len(chat.sent) > count else still + 0.05
            for message in chat.sent[count:]:
                _seen(shown, message)
            count = len(chat.sent)
            if words and words in shown.text:
                break
        return shown

    async def close(self) -> None:
        """As a signal would end it."""
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


def _seen(shown: Shown, message: Message) -> None:
    shown.text += message.text + "\n"
    shown.labels += message.buttons
    shown.pictures += message.photo is not None
    shown.files += message.document is not None
    if message.poll:
        shown.text += f"{message.poll.sent.get('description', '')}\n{message.poll.question}\n"
        shown.options += message.poll.options


class OnDiscord:
    """Discord: the real library against the strict server."""

    def __init__(self, engine: Engine, dc: DiscordServer) -> None:
        menu = engine.library.menu
        self.port = Discord(
            dc.token,
            suggest=engine.suggest,
            menu=menu,
            more={name: one.more.keys(engine.library) for name, one in menu.items() if one.more},
            keep=Keep(engine.database),
            api_url=dc.api_url,
            gateway_url=dc.gateway_url,
            tell=lambda _text: None,
        )
        self._dc = dc
        self._olga, self._ann = dc.user("Olga"), dc.user("Ann")
        self._guild = dc.guild("Study", owner=self._olga)
        self._guild.join(self._ann)
        self._guild.add_bot()
        self._channel = self._guild.channel("general")
        self.task = asyncio.create_task(self.port.run(engine.answer))

    async def begin(self) -> None:
        """The bot is there, and its commands are known."""
        await self._dc.gateway.ready()
        await self._dc.until(lambda: self._dc.command("start"), what="the commands")

    async def say(self, line: str, words: str = "") -> Shown:
        before = len(self._ann.dm.sent)
        await self._ann.says(self._ann.dm, line)
        return await self._fresh(self._ann.dm, before, words)

    async def press(self, label: str) -> Shown:
        message = next(each for each in reversed(self._ann.dm.sent) if label in each.buttons)
        before = len(self._ann.dm.sent)
        await self._ann.press(label, message)
        return await self._fresh(self._ann.dm, before)

    async def in_group(self, line: str, *, admin: bool) -> Shown:
        before = len(self._channel.sent)
        await (self._olga if admin else self._ann).says(self._channel, f"@bot {line}")
        return await self._fresh(self._channel, before)

    async def strangers(self) -> dict[str, Says]:
        mia, pia, tom, ben, eve = people = [self._dc.user(name) for name in ("Mia", "Pia", "Tom", "Ben", "Eve")]
        self._guild.join(*people)
        other = self._dc.guild("Other", owner=pia)
        hall = other.channel("general")
        other.add_bot()
        await pia.says(hall, "@bot /help")
        await hall.next()
        for person in (mia, pia, ben):
            await person.says(self._channel, "@bot /help")
        for person in (tom, eve):
            await person.says(person.dm, "/help")
        return {
            "Mia": lambda line: mia.says(self._channel, f"@bot {line}"),
            "Pia": lambda line: pia.says(self._channel, f"@bot {line}"),
            "Tom": lambda line: tom.says(tom.dm, line),
            "Ben": lambda line: self._pressed(ben, self._channel, line),
            "Eve": lambda line: self._pressed(eve, eve.dm, line),
        }

    @property
    def offered(self) -> dict[str, set[str]]:
        """The slash commands that a member and an administrator see in the group, and a person in direct messages."""
        return {
            "member": set(self._ann.offered(self._channel)),
            "admin": set(self._olga.offered(self._channel)),
            "private": set(self._ann.offered(self._ann.dm)),
        }

    async def _pressed(self, person: Person, channel: Channel, line: str) -> None:
        """Discord lets nobody press what stands on no message of the bot's: so somebody got that button."""
        reply = Draft().say("Whose is this?").offer([Button("Go", line)]).reply()
        chat = "" if channel is person.dm else str(channel.id)
        await self.port.send(Place("discord", chat), Account("discord", str(person.id)), reply)
        await person.press(line, channel, wait=None)

    async def _fresh(self, channel: Channel, before: int, words: str = "") -> Shown:
        shown, still, count = Shown(), 0.0, before
        while still < QUIET / 2 or (count == before and still < 5):
            await asyncio.sleep(0.05)
            new = channel.sent
            still = 0.0 if len(new) > count else still + 0.05
            count = len(new)
            shown = Shown()
            for message in new[before:]:
                _read(shown, message)
            if words and words in shown.text:
                break
        return shown

    async def close(self) -> None:
        """As a signal would end it."""
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


def _read(shown: Shown, message: DiscordMessage) -> None:
    shown.text += message.text + "\n"
    shown.labels += message.buttons
    shown.options += [option for option in ("A queue", "A stack") if option in message.text + str(message.buttons)]
    shown.pictures += sum(file.name.endswith(".png") for file in message.files)
    shown.files += sum(not file.name.endswith(".png") for file in message.files)


@asynccontextmanager
async def stage(
    name: str, folder: Path, engine: Engine | None = None
) -> AsyncIterator[OnConsole | OnTelegram | OnDiscord]:
    """A platform by its name, for one test; its engine is made where none is given."""
    engine = engine or core(folder)
    try:
        if name == "console":
            console = OnConsole(engine, folder)
            try:
                yield console
            finally:
                await console.close()
        elif name == "telegram":
            async with TelegramServer() as tg:
                telegram = OnTelegram(engine, tg)
                await telegram.begin()
                try:
                    yield telegram
                finally:
                    await telegram.close()
                assert tg.violations == []
        else:
            async with DiscordServer() as dc:
                discord = OnDiscord(engine, dc)
                await discord.begin()
                try:
                    yield discord
                finally:
                    await discord.close()
                assert dc.violations == []
    finally:
        engine.database.close()


PLATFORMS = ("console", "telegram", "discord")
