"""From a slash command to the line that it says: every word by its name, as it was typed."""

from collections.abc import Iterable
from typing import Any

import discord

from bot.call import Call, Word


def line(interaction: discord.Interaction[Any]) -> str:
    """The line of a slash command."""
    return _call(interaction, _options(interaction)).line


def unfinished(interaction: discord.Interaction[Any]) -> str:
    """The line of a slash command that is being typed; the word that is typed now stands last."""
    return _call(interaction, sorted(_options(interaction), key=lambda each: bool(each.get("focused")))).line


def name(interaction: discord.Interaction[Any]) -> str:
    """The command's name."""
    data: Any = interaction.data
    return str(data.get("name", ""))


def _options(interaction: discord.Interaction[Any]) -> list[dict[str, Any]]:
    data: Any = interaction.data
    return [each for each in data.get("options", ()) if "value" in each]


def _call(interaction: discord.Interaction[Any], options: Iterable[dict[str, Any]]) -> Call:
    return Call(name(interaction), tuple(Word(str(each["value"]), str(each["name"])) for each in options))
