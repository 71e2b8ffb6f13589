"""Who says something: a person, an anonymous administrator, or a channel; never a bot."""

import time
from collections import OrderedDict
from dataclasses import dataclass

from telegram import Bot, Message, MessageEntity, User
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from adapters.telegram.spans import units
from adapters.telegram.spot import PLATFORM, Spot
from bot.ask import Account, Role, clean

KNOWN_FOR = 300.0
"""Seconds for which somebody's rights in a group are believed."""

_MOST = 10_000
_ADMINS = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody. `user`: their id, 0 for those that write as a chat and have no private one; `role`: if it is known."""

    account: Account
    user: int
    language: str = "en"
    role: Role | None = None


def person(user: User) -> Person:
    """A person."""
    return Person(Account(PLATFORM, str(user.id), user.full_name), user.id, user.language_code or "en")


def sender(message: Message) -> Person | None:
    """Who wrote a message; None for bots, and for what a channel forwards by itself."""
    if message.is_automatic_forward:
        return None
    if (chat := message.sender_chat) is not None:
        role = Role.ADMIN if chat.id == message.chat.id else Role.MEMBER
        return Person(Account(PLATFORM, str(chat.id), chat.title or ""), 0, role=role)
    user = message.from_user
    return person(user) if user and not user.is_bot else None


def addressed(who: Person, text: str) -> tuple[str, list[MessageEntity]]:
    """A sentence that begins with somebody's name, so that Telegram shows it to them."""
    name = " ".join(clean(who.account.name).split())[:64]
    if not name or not who.user:
        return text, []
    user = User(who.user, name, False)
    return f"{name}: {text}", [MessageEntity("text_mention", 0, units(name), user=user)]


class Rights:
    """Roles of people in groups."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: OrderedDict[tuple[int, int], tuple[float, Role]] = OrderedDict()

    async def role(self, spot: Spot, who: Person) -> Role:
        """What somebody may do there; a member where Telegram does not say."""
        if spot.private or who.role is not None:
            return who.role or Role.MEMBER
        key = (spot.chat, who.user)
        known = self._known.get(key)
        if known and known[0] > time.monotonic():
            return known[1]
        try:
            member = await self._bot.get_chat_member(*key)
        except TelegramError:
            return Role.MEMBER
        role = Role.ADMIN if member.status in _ADMINS else Role.MEMBER
        self._known[key] = (time.monotonic() + KNOWN_FOR, role)
        self._known.move_to_end(key)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return role
