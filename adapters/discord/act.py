"""Interactions: slash commands, presses, choices and modals; each becomes a line that somebody says."""

import logging
from typing import Any

import discord

from adapters.discord import forms, people, spot, typed
from adapters.discord.data import Data
from adapters.discord.desk import Desk
from adapters.discord.people import Person
from adapters.discord.refusals import TROUBLE
from adapters.discord.spot import Spot
from adapters.discord.turn import Turn
from bot.command import Where
from bot.language import _, speaking
from bot.reply import Button, Draft

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]


class Act:
    """Answers interactions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def command(self, interaction: Interaction) -> None:
        """A slash command. Whether its answer is hidden is known before anything of it is."""
        here = spot.of_interaction(interaction)
        who = people.of_interaction(interaction)
        command = self._desk.menu.get(typed.name(interaction))
        turn = Turn(interaction, here.quiet(command is not None and command.private))
        try:
            if here.alone and command and command.where is Where.GROUP:
                await self._outside(turn, here, who)
                return
            await self._arrived(interaction, here, who)
            await self._desk.serve(turn, here, who, Data(typed.line(interaction)))
        finally:
            await turn.close()

    async def complete(self, interaction: Interaction) -> list[tuple[str, str]]:
        """What the word that is being typed could become: labels and values, best first."""
        here = spot.of_interaction(interaction)
        who = people.of_interaction(interaction)
        try:
            choices = await self._desk.suggest(self._desk.ask(typed.unfinished(interaction), who, here))
        except Exception:
            log.exception("a word could not be completed")
            return []
        return [(choice.label, choice.value) for choice in choices]

    async def press(self, interaction: Interaction, pressed: str) -> None:
        """A button, or a choice of a menu, by its data."""
        who = people.of_interaction(interaction)
        said = await self._desk.handles.long(pressed)
        with speaking(who.language):
            if not said:
                await self._forgotten(interaction)
            elif said.fill:
                await self._form(interaction, who, said)
            else:
                await self._say(interaction, who, said)

    async def submit(self, interaction: Interaction) -> None:
        """What was written into a modal."""
        who = people.of_interaction(interaction)
        said = await self._desk.handles.long(interaction.custom_id or "")
        with speaking(who.language):
            if not said:
                await self._forgotten(interaction)
            else:
                await self._say(interaction, who, Data(forms.filled(said, interaction)))

    async def _say(self, interaction: Interaction, who: Person, said: Data) -> None:
        here = spot.of_interaction(interaction)
        turn = Turn(interaction, quiet=False)
        try:
            await self._arrived(interaction, here, who)
            await self._desk.serve(turn, here, who, said, interaction.message)
        finally:
            await turn.close()

    async def _form(self, interaction: Interaction, who: Person, said: Data) -> None:
        """Opens the modal: it must be the first answer to the press."""
        handle = await self._desk.handles.short(said.written(), said.about or who.account)
        modal = forms.form(said, handle, self._desk.menu)
        try:
            await interaction.response.send_modal(modal)
        except TROUBLE as error:
            log.info("a modal could not be shown: %s", type(error).__name__)

    async def _forgotten(self, interaction: Interaction) -> None:
        turn = Turn(interaction, quiet=True)
        await self._desk.tell(turn, _("This button is too old. Please send the command again."))
        await turn.close()

    async def _outside(self, turn: Turn, here: Spot, who: Person) -> None:
        """A group's command where the bot is no member."""
        with speaking(who.language):
            told = _("That is for groups in which I am a member. Whoever may manage this server can add me.")
            reply = Draft().say(told).offer([Button(_("Add me to a server"), url=self._desk.invite)]).reply()
            await self._desk.say(turn, here, who, reply, Data(""))

    async def _arrived(self, interaction: Interaction, here: Spot, who: Person) -> None:
        """Takes note of where the bot is spoken to; what was lost is told to be back."""
        if here.guild:
            await self._desk.homes.note(here.guild, int(here.place.chat))
            may = interaction.app_permissions
            heard = may.view_channel and may.send_messages
            if heard and await self._desk.homes.found(here.channel):
                await self._desk.house("/returned", here)
        elif not here.alone and await self._desk.homes.found(int(who.account.id)):
            await self._desk.house("/back", here, who.account)
