"""What the bot may do in a group: its own standing there, and what the group lets its members do."""

from telegram import Bot, ChatMember, ChatMemberRestricted, ChatPermissions
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from adapters.telegram.spot import Spot
from bot import rights
from bot.language import _
from bot.reply import Reply

_LEADS = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}
_OUT = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


async def checked(bot: Bot, me: int, spot: Spot, reply: Reply) -> Reply:
    """A reply with what the bot may not do in a group of that which the reply asks about."""
    if not reply.checks or spot.private:
        return reply
    try:
        member = await bot.get_chat_member(spot.chat, me)
        chat = await bot.get_chat(spot.chat)
    except TelegramError:
        return reply
    return rights.told(reply, _lacking(member, chat.permissions, reply.checks))


def _lacking(member: ChatMember, everybody: ChatPermissions | None, checks: tuple[str, ...]) -> list[str]:
    """Sentences of what cannot be done; a topic that is there may be written in by whoever may write."""
    told = {
        rights.SEND: _("Sending messages: without it I cannot post here"),
        rights.POLL: _("Sending polls: without it questions come with buttons"),
    }
    may = {
        rights.SEND: _may(member, everybody, "can_send_messages"),
        rights.POLL: _may(member, everybody, "can_send_polls"),
    }
    return [told[check] for check in checks if not may.get(check, True)]


def _may(member: ChatMember, everybody: ChatPermissions | None, right: str) -> bool:
    if member.status in _LEADS or member.status in _OUT:
        return member.status in _LEADS
    if isinstance(member, ChatMemberRestricted) and not getattr(member, right):
        return False
    return everybody is None or getattr(everybody, right) is not False
