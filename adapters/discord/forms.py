"""Buttons that still want words: a modal asks for them. It carries its line, so it outlives a restart."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import discord
from discord import ui

from adapters.discord.data import Data
from bot.call import Call, Word
from bot.command import Command, Param
from bot.kinds import FreeText
from bot.language import _
from bot.markup import shorten

TITLE = 45
LABEL = 45
DESCRIPTION = 100
TEXT = 4000
MOST = 5
"""Discord: characters of a modal's title, its labels, their descriptions, what is written; inputs of a modal."""

_ONE_LINE = 100
"""Free text that may be longer gets several lines to write in."""


def form(data: Data, custom_id: str, menu: Mapping[str, Command]) -> ui.Modal:
    """The modal that asks for the words which a button still wants."""
    command = menu.get(Call.parse(data.line).name.casefold())
    params = {param.name: param for param in command.params} if command else {}
    title = shorten(_(command.summary), TITLE) if command else _("Write it here")
    modal = ui.Modal(title=title, custom_id=custom_id)
    for wanted in data.fill[:MOST]:
        modal.add_item(_asked(wanted, params.get(wanted)))
    modal.stop()  # what is written comes to us by the modal's data: the library need not remember it
    return modal


def _asked(wanted: str, param: Param | None) -> ui.Label[Any]:
    longest = min(param.kind.longest, TEXT) if param and isinstance(param.kind, FreeText) else _ONE_LINE
    written: ui.TextInput[Any] = ui.TextInput(
        custom_id=wanted,
        style=discord.TextStyle.paragraph if longest > _ONE_LINE else discord.TextStyle.short,
        max_length=longest,
        required=param is None or param.required,
    )
    return ui.Label(text=shorten(wanted.replace("_", " ").capitalize(), LABEL), component=written)


def filled(data: Data, interaction: discord.Interaction[Any]) -> str:
    """The line with the words that were written into its modal."""
    sent: Any = interaction.data
    written = dict(_written(sent.get("components", ())))
    words = (Word(written[key].strip(), key) for key in data.fill if written.get(key, "").strip())
    return " ".join([data.line, *(word.written() for word in words)])


def _written(components: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Every input's name and what was written, however deep it lies."""
    for each in components:
        if "value" in each and "custom_id" in each:
            yield str(each["custom_id"]), str(each["value"])
        inner = each.get("components", ())
        yield from _written([*inner, each["component"]] if "component" in each else inner)
