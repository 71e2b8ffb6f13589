"""The command menus and the texts about the bot: told to Telegram only when they have changed."""

import hashlib
import json
import logging
import re
from collections.abc import Callable, Collection, Coroutine, Iterable
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, Forbidden

from bot.ask import Role
from bot.command import Command, Where
from bot.keep import Memory
from bot.language import _
from bot.markup import shorten

log = logging.getLogger(__name__)

DAYS = 3650
MOST = 100
SUMMARY = 256
ABOUT = 512
SHORT = 120
"""Telegram: commands of a menu, characters of a command's description and of the texts about the bot."""

_NAME = re.compile(r"[a-z0-9_]{1,32}\Z")


def menus(commands: Iterable[Command], owners: Collection[int]) -> list[tuple[BotCommandScope, list[BotCommand]]]:
    """The menu of each scope: private chats, groups, their administrators, and whoever hosts the bot."""
    every = list(commands)
    own = [one for one in every if one.where is not Where.GROUP]
    group = [one for one in every if one.where is not Where.PRIVATE]
    return [
        (BotCommandScopeAllPrivateChats(), _entries(own, Role.MEMBER)),
        (BotCommandScopeAllGroupChats(), _entries(group, Role.MEMBER)),
        (BotCommandScopeAllChatAdministrators(), _entries(group, Role.ADMIN)),
        *((BotCommandScopeChat(owner), _entries(own, Role.OWNER)) for owner in sorted(owners)),
    ]


def _entries(commands: Iterable[Command], role: Role) -> list[BotCommand]:
    """The entries of those who have a role."""
    known = [one for one in commands if one.role <= role and not one.hidden and _NAME.match(one.name)]
    return [BotCommand(one.name, shorten(_(one.summary), SUMMARY)) for one in known][:MOST]


class Menu:
    """Keeps Telegram's menus and texts as ours are."""

    def __init__(self, bot: Bot, memory: Memory, commands: Iterable[Command], owners: Collection[int]) -> None:
        self._bot = bot
        self._memory = memory
        self._menus = menus(commands, owners)

    async def publish(self) -> None:
        """Tells Telegram what has changed since the last time. Raises TelegramError."""
        for at, (scope, entries) in enumerate(self._menus):
            await self._menu(f"{at} {scope.type}", scope, entries)
        about = _(
            "I teach the Backend Developer roadmap: I explain every topic, say what to learn next and why, ask "
            "questions, and bring back what you are about to forget. In groups we learn together. Send /start."
        )
        short = _("A study companion for the Backend Developer roadmap: explains, asks, and says what comes next.")
        await self._told("about", about, lambda: self._bot.set_my_description(about[:ABOUT]))
        await self._told("short", short, lambda: self._bot.set_my_short_description(short[:SHORT]))

    async def _menu(self, name: str, scope: BotCommandScope, entries: list[BotCommand]) -> None:
        text = json.dumps([scope.to_dict(), [[entry.command, entry.description] for entry in entries]])
        try:
            await self._told(name, text, lambda: self._bot.set_my_commands(entries, scope=scope))
        except (BadRequest, Forbidden) as error:
            log.info("Telegram took no menu for %s: %s", scope.type, type(error).__name__)

    async def _told(self, name: str, text: str, tell: Callable[[], Coroutine[Any, Any, bool]]) -> None:
        checksum = hashlib.sha256(text.encode()).hexdigest()
        key = f"{self._bot.id} {name}"
        if await self._memory.get("menu", key) != checksum:
            await tell()
            await self._memory.put("menu", key, checksum, DAYS)
