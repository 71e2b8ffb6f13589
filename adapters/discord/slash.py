"""Slash commands, made of the commands' declarations; Discord is told of them only when they have changed."""

import hashlib
import inspect
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord
from discord import app_commands

from adapters.discord.options import MOST, Option, chosen, further, option
from bot.ask import Role
from bot.command import Command, Where
from bot.keep import Memory
from bot.language import _
from bot.markup import shorten

log = logging.getLogger(__name__)

DAYS = 3650
COMMANDS = 100
DESCRIPTION = 100
"""Discord: global commands of an application, characters of a command's description."""

Interaction = discord.Interaction[Any]
Serve = Callable[[Interaction], Awaitable[None]]
Complete = Callable[[Interaction], Awaitable[list[tuple[str, str]]]]


class Tree(app_commands.CommandTree[Any]):
    """The commands as Discord has them. `serve` answers one, `complete` suggests words for its focused option.

    `serve` reads what Discord sent, so that a command or an option which only Discord still knows is answered too.
    """

    def __init__(self, client: discord.Client, serve: Serve, complete: Complete) -> None:
        super().__init__(client)
        self._serve = serve
        self._complete = complete

    def declare(self, commands: Mapping[str, Command], more: Mapping[str, Mapping[str, str]]) -> None:
        """Declares the commands that people type. `more`: the keys of further words by command, with their titles.

        Discord would show what is for owners to everybody in direct messages: owners type it.
        """
        for command in commands.values():
            if command.hidden or command.role >= Role.OWNER:
                continue
            if len(self.get_commands()) == COMMANDS:
                log.warning("Discord takes %s commands: /%s and those after it are typed only", COMMANDS, command.name)
                return
            self.add_command(self._made(command, _options(command, more.get(command.name, {}))))

    async def publish(self, application: int, memory: Memory) -> bool:
        """Tells Discord of the commands if they are not those it knows; whether that was needed."""
        payload = [command.to_dict(self) for command in self.get_commands()]
        checksum = hashlib.sha256(json.dumps(payload).encode()).hexdigest()
        if await memory.get("commands", application) == checksum:
            return False
        await self.sync()
        await memory.put("commands", application, checksum, DAYS)
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """A command or option that Discord still shows and we no longer have is answered like any other."""
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            if interaction.type is discord.InteractionType.application_command:
                await self._serve(interaction)
        else:
            log.error("a slash command failed", exc_info=error)

    def _made(self, command: Command, options: list[Option]) -> app_commands.Command[Any, Any, Any]:
        made: app_commands.Command[Any, Any, Any] = app_commands.Command(
            name=command.name,
            description=shorten(_(command.summary), DESCRIPTION),
            callback=self._callback(options),
            allowed_contexts=_contexts(command),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=command.role is not Role.ADMIN),
        )
        if command.role is Role.ADMIN:
            made.default_permissions = discord.Permissions(manage_guild=True)
        return made

    def _callback(self, options: list[Option]) -> Any:
        """A function with the options in its signature: from it the library makes the declaration."""

        async def callback(interaction: Interaction, **_values: object) -> None:
            await self._serve(interaction)

        async def complete(interaction: Interaction, _typed: str) -> list[app_commands.Choice[str]]:
            return chosen(await self._complete(interaction))

        names = {each.name: f"option_{at}" for at, each in enumerate(options)}
        parameters = [inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
        for each in options:
            default = inspect.Parameter.empty if each.required else None
            parameters.append(
                inspect.Parameter(
                    names[each.name], inspect.Parameter.KEYWORD_ONLY, default=default, annotation=each.type
                )
            )
        callback.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        callback.__doc__ = None
        made: Any = callback
        if options:
            made = app_commands.rename(**{names[each.name]: each.name for each in options})(made)
            made = app_commands.describe(**{names[each.name]: each.description for each in options})(made)
            listed = {names[each.name]: chosen([(w, w) for w in each.choices]) for each in options if each.choices}
            made = app_commands.choices(**listed)(made) if listed else made
            typed = {names[each.name]: complete for each in options if each.suggests}
            made = app_commands.autocomplete(**typed)(made) if typed else made
        return made


def _options(command: Command, more: Mapping[str, str]) -> list[Option]:
    """The command's words as options, required ones first, and as many further ones as there is room for."""
    own = sorted(map(option, command.params), key=lambda each: not each.required)
    taken = {each.name for each in own}
    return [*own, *(further(key, title) for key, title in more.items() if key not in taken)][:MOST]


def _contexts(command: Command) -> app_commands.AppCommandContext:
    return app_commands.AppCommandContext(
        guild=command.where is not Where.PRIVATE,
        dm_channel=command.where is not Where.GROUP,
        private_channel=command.where is not Where.GROUP,
    )
