"""A platform as the contract sees it: somebody says a line or presses a button, and something is shown."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from adapters.console import Console
from adapters.discord.port import Discord
from adapters.telegram.port import Telegram
from bot.engine import Engine
from bot.keep import Keep
from bot.library import Library
from bot.store.database import Database
from tests.contract.made import table
from tests.fakes.discord_channel import Channel
from tests.fakes.discord_message import Message as DiscordMessage
from tests.fakes.discord_server import DiscordServer
from tests.fakes.telegram_chats import Chat
from tests.fakes.telegram_message import Message
from tests.fakes.telegram_server import TelegramServer
from tests.world import content

QUIET = 1.6
"""Seconds without anything new after which a platform has said all: Telegram takes one message a second."""


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


def core(folder: Path) -> Engine:
    """The real engine with the contract's commands beside the real ones."""
    return Engine(Database.open(f"sqlite:///{folder / 'cairn.db'}"), Library(content(), table()))


class OnConsole:
    """The terminal, by the JSON protocol."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        source, self._input = os.pipe()
        output, target = os.pipe()
        self._output = os.fdopen(output, "rb")
        self._console = Console(engine.suggest, json=True, pictures=folder / "pictures", pipes=(source, target))
        self._buttons: dict[str, str] = {}
        self.task = asyncio.create_task(self._console.run(engine.answer))

    async def _ask(self, **given: object) -> Shown:
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
        guild = dc.guild("Study", owner=self._olga)
        guild.join(self._ann)
        guild.add_bot()
        self._channel = guild.channel("general")
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
async def stage(name: str, folder: Path) -> AsyncIterator[OnConsole | OnTelegram | OnDiscord]:
    """A platform by its name, for one test."""
    engine = core(folder)
    try:
        if name == "console":
            console = OnConsole(engine, folder)
            yield console
            await console.close()
        elif name == "telegram":
            async with TelegramServer() as tg:
                telegram = OnTelegram(engine, tg)
                await telegram.begin()
                yield telegram
                await telegram.close()
                assert tg.violations == []
        else:
            async with DiscordServer() as dc:
                discord = OnDiscord(engine, dc)
                await discord.begin()
                yield discord
                await discord.close()
                assert dc.violations == []
    finally:
        engine.database.close()


PLATFORMS = ("console", "telegram", "discord")
