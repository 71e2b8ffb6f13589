"""What happens in chats: the bot comes, goes, is blocked or let back, people come and go, a group becomes another."""

import asyncio
from collections.abc import Iterable

from telegram import Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, User
from telegram.constants import ChatMemberStatus, ChatType

from adapters.telegram.desk import Desk
from adapters.telegram.moves import Moves
from adapters.telegram.people import person
from adapters.telegram.spot import Spot

SETTLED = 0.5
"""Seconds in which both messages of a move have come."""

_OUT = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


class Happen:
    """Tells the core by lines of the house."""

    def __init__(self, desk: Desk, moves: Moves) -> None:
        self._desk = desk
        self._moves = moves
        desk.speaker.moved = self.moved

    async def member(self, change: ChatMemberUpdated) -> None:
        """Our own standing in a chat has changed."""
        if change.chat.type == ChatType.CHANNEL:
            return
        spot = Spot.here(change.chat, None)
        was, is_ = _out(change.old_chat_member), _out(change.new_chat_member)
        could, can = _writes(change.old_chat_member), _writes(change.new_chat_member)
        line = ""
        if was and not is_ and not spot.private:
            line = "" if await self._only_moved(change.chat) else "/added"
        elif could and not can:
            line = "/left" if spot.private else "/removed"
        elif can and not could:
            line = "/back" if spot.private else "/returned"
        if line:
            await self._desk.house(line, spot, person(change.from_user))

    async def other(self, change: ChatMemberUpdated) -> None:
        """Somebody else's standing in a group has changed; Telegram tells it where we are administrator."""
        was, is_ = _out(change.old_chat_member), _out(change.new_chat_member)
        if was != is_ and change.chat.type != ChatType.CHANNEL:
            await self._stays(change.chat, [change.new_chat_member.user], away=is_)

    async def passed(self, message: Message) -> None:
        """A group says who has left it, or come to it."""
        if message.left_chat_member:
            await self._stays(message.chat, [message.left_chat_member], away=True)
        await self._stays(message.chat, message.new_chat_members, away=False)

    async def _stays(self, chat: Chat, users: Iterable[User], *, away: bool) -> None:
        for user in users:
            if not user.is_bot:
                await self._desk.house("/left" if away else "/back", Spot.here(chat, None), person(user))

    async def _only_moved(self, chat: Chat) -> bool:
        """Whether a supergroup is one that we were in under another id: the old chat tells, perhaps a moment later."""
        if chat.type == ChatType.SUPERGROUP:
            await asyncio.sleep(SETTLED)
        return await self._moves.arrived(chat.id)

    async def migrated(self, message: Message) -> None:
        """A group became a supergroup: told by the old chat, and once more by the new one."""
        old, new = message.chat.id, message.migrate_to_chat_id
        if message.migrate_from_chat_id:
            old, new = message.migrate_from_chat_id, message.chat.id
        if new:
            await self.moved(Spot(old), new)

    async def moved(self, spot: Spot, new: int) -> None:
        """A chat has a new id: the core is told once, however often we hear of it."""
        if await self._moves.learn(spot.chat, new):
            await self._desk.house(f"/moved {new}", Spot(spot.chat))


def _out(member: ChatMember) -> bool:
    gone = isinstance(member, ChatMemberRestricted) and not member.is_member
    return member.status in _OUT or gone


def _writes(member: ChatMember) -> bool:
    muted = isinstance(member, ChatMemberRestricted) and not member.can_send_messages
    return not _out(member) and not muted
