"""A reply that wants a thread of its own gets a forum topic, where the group has them and the bot may open one."""

import time

from telegram.error import BadRequest, Forbidden

from adapters.telegram.spot import Spot
from adapters.telegram.wire import Wire

LONGEST = 128
"""Telegram: characters of a topic's name."""

_AGAIN = 3600.0


class Topics:
    """Opens topics; a group without them is asked once an hour."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._without: dict[int, float] = {}

    async def opened(self, spot: Spot, title: str, live: bool) -> Spot:
        """The spot of a new topic, or the spot itself."""
        if spot.thread or self._without.get(spot.chat, 0) > time.monotonic():
            return spot
        try:
            made = await self._wire.send(
                spot.chat, lambda: self._wire.bot.create_forum_topic(spot.chat, title[:LONGEST]), live
            )
        except (BadRequest, Forbidden):
            self._without[spot.chat] = time.monotonic() + _AGAIN
            return spot
        return Spot(spot.chat, made.message_thread_id)
