"""Whether what was planned for a group is wanted still when it is delivered."""

from bot.chat import Chat
from bot.store import series
from bot.store.groups import Group
from bot.store.series import Owner, Series


def owner(group: Group) -> Owner:
    """A group as the owner of its series."""
    return Owner(group.id, None, group.zone, group.paused)


def wanted(chat: Chat, kind: str) -> Series | None:
    """The group's series of a kind; None where it was switched off since, or the group is paused."""
    group = chat.group
    if group is None or group.paused:
        return None
    return series.read(chat.connection, owner(group)).get(kind)
