"""Messages that answer no interaction: sent to a channel or a person by their ids, or put into an earlier one."""

import logging
import secrets
from typing import Any

import discord

from adapters.discord.make import Made
from adapters.discord.refusals import (
    ARCHIVED,
    FOREIGN_MESSAGE,
    THREADED,
    TROUBLE,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    code,
    refusal,
)

log = logging.getLogger(__name__)

_GONE_MESSAGE = (UNKNOWN_MESSAGE, UNKNOWN_CHANNEL, FOREIGN_MESSAGE)
THREAD_NAME = 100
"""Discord: characters of a thread's name."""


class Posting:
    """Sends and edits single messages. Raises what the library raises."""

    def __init__(self, client: discord.Client) -> None:
        self.client = client
        self._direct: dict[int, int] = {}

    async def direct(self, user: int) -> int:
        """The channel of somebody's direct messages."""
        if user not in self._direct:
            opened = await self.client.http.start_private_message(user)
            self._direct[user] = int(opened["id"])
        return self._direct[user]

    async def post(
        self,
        channel: int,
        made: Made,
        above: discord.Message | None = None,
        role: discord.Role | None = None,
        nonce: int = 0,
    ) -> int:
        """Sends a message; its id. `above`: the message it answers. `role`: the one role it may mention.

        `nonce`: with the same as a few minutes ago, Discord says nothing anew.
        """
        nonce = nonce or secrets.randbits(60)  # so a request that is repeated within the library is said once
        more: dict[str, Any] = {}
        if role:
            more["allowed_mentions"] = discord.AllowedMentions(roles=[role])
        if above:
            more["reference"] = above.to_reference(fail_if_not_exists=False)

        async def send() -> int:
            target = self.client.get_partial_messageable(channel)
            sent: discord.Message = await target.send(view=made.view, files=made.files, nonce=nonce, **more)
            return sent.id

        try:
            return await send()
        except discord.HTTPException as error:
            if not await self._reopened(channel, error):
                raise
        for file in made.files:
            file.reset()
        return await send()

    async def edit(self, channel: int, message: int, made: Made) -> bool:
        """Puts a message into an earlier one; False where that is no longer there."""
        known = self.client.get_partial_messageable(channel).get_partial_message(message)
        try:
            await known.edit(view=made.view, attachments=made.files)
        except discord.HTTPException as error:
            if error.code in _GONE_MESSAGE:
                return False
            if not await self._reopened(channel, error):
                raise
            await known.edit(view=made.view, attachments=made.files)
        return True

    async def attempt(self, channel: int, made: Made, above: discord.Message | None = None) -> int:
        """Sends a message where it is no error that this cannot be done; its id, or 0."""
        try:
            return await self.post(channel, made, above)
        except TROUBLE as error:
            if refusal(error) is None:
                log.error("Discord refused a message: %s %s", type(error).__name__, code(error) or "")
            return 0

    async def thread(self, channel: int, message: int, title: str) -> int:
        """The thread under a message, opened unless it is there already; 0 where that cannot be."""
        try:
            await self.client.http.start_thread_with_message(
                channel,
                message,
                name=" ".join(title.split())[:THREAD_NAME] or "…",
                auto_archive_duration=10080,
            )
        except TROUBLE as error:
            if code(error) != THREADED:
                log.info("a thread could not be opened: %s %s", type(error).__name__, code(error) or "")
                return 0
        return message  # Discord gives a thread the id of its message

    async def _reopened(self, channel: int, error: discord.HTTPException) -> bool:
        """Whether a refusal came of an archived thread that is open again now."""
        if error.code != ARCHIVED:
            return False
        try:
            await self.client.http.edit_channel(channel, archived=False)
        except discord.HTTPException:
            return False
        return True
