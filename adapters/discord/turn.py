"""One interaction: acknowledged within a second, answered in its own messages, and never twice."""

import asyncio
import logging
from typing import Any

import discord
from discord import ui

from adapters.discord.make import Made
from adapters.discord.refusals import ANSWERED, TROUBLE, UNKNOWN_INTERACTION, Trouble, code
from bot.language import _

log = logging.getLogger(__name__)

WITHIN = 0.7
"""Seconds after which an interaction is acknowledged without words. Discord waits three, people one."""


class Turn:
    """The answering of an interaction. `quiet`: whether the answer is hidden from others, should it take longer."""

    def __init__(self, interaction: discord.Interaction[Any], quiet: bool) -> None:
        self._interaction = interaction
        self._response = interaction.response
        self._quiet = quiet
        self._command = interaction.type is discord.InteractionType.application_command
        self._thinking = False
        self._said = False
        self._lost = False
        self._deferring: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(WITHIN, self._late)

    async def say(self, made: Made, quiet: bool, over: bool = False) -> int:
        """Says a message, in the place of the one that was pressed where `over`; its id, or 0 where that failed."""
        await self._settled()
        if self._lost:
            return 0
        try:
            return await (self._follow(made, quiet) if self._said else self._first(made, quiet, over))
        except TROUBLE as error:
            self._failed(error)
            return 0
        finally:
            self._said = True

    async def close(self) -> None:
        """Ends the turn: what was not answered is acknowledged, so that nobody waits."""
        await self._settled()
        if not self._response.is_done() and not self._command and not self._lost:
            await self._defer()
        elif self._thinking and not self._said and not self._lost:
            try:
                await self._interaction.delete_original_response()
            except TROUBLE as error:
                self._failed(error)

    async def _first(self, made: Made, quiet: bool, over: bool) -> int:
        if not self._response.is_done():
            if over:
                await self._response.edit_message(view=made.view, attachments=made.files)
                return self._pressed
            sent = await self._response.send_message(view=made.view, files=made.files, ephemeral=quiet)
            return sent.message_id or 0
        if self._thinking and quiet and not self._quiet:
            return await self._hidden(made)
        if self._thinking or over:
            edited = await self._interaction.edit_original_response(view=made.view, attachments=made.files)
            return edited.id
        return await self._follow(made, quiet)

    async def _follow(self, made: Made, quiet: bool) -> int:
        sent = await self._interaction.followup.send(view=made.view, files=made.files, ephemeral=quiet, wait=True)
        return sent.id

    async def _hidden(self, made: Made) -> int:
        """Hides an answer that was awaited openly: what was awaited must be something first, and goes then."""
        line = ui.LayoutView(timeout=None)
        line.add_item(ui.TextDisplay(_("This answer is for one person alone.")))
        line.stop()
        await self._interaction.edit_original_response(view=line)
        sent = await self._follow(made, quiet=True)
        await self._interaction.delete_original_response()
        return sent

    @property
    def _pressed(self) -> int:
        return self._interaction.message.id if self._interaction.message else 0

    def _late(self) -> None:
        self._deferring = asyncio.create_task(self._defer())

    async def _settled(self) -> None:
        """Waits until an acknowledgement that has begun is out; none begins from here on."""
        self._timer.cancel()
        if self._deferring:
            await self._deferring

    async def _defer(self) -> None:
        try:
            await self._response.defer(ephemeral=self._quiet, thinking=self._command)
            self._thinking = self._command
        except TROUBLE as error:
            self._failed(error)

    def _failed(self, error: Trouble) -> None:
        """An interaction that is over, or was answered by somebody else, is no error."""
        if isinstance(error, discord.InteractionResponded) or code(error) in (UNKNOWN_INTERACTION, ANSWERED):
            self._lost = True
            log.info("an interaction was over before it was answered")
        elif isinstance(error, discord.NotFound | discord.Forbidden) or getattr(error, "status", 0) == 401:
            self._lost = True
            log.info("an interaction can no longer be answered: %s", code(error))
        else:
            log.error("Discord did not take an answer: %s %s", type(error).__name__, code(error) or "")
