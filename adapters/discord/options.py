"""A command's word as an option of a slash command: its type, its limits, its choices, or suggestions while typing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from discord import app_commands

from bot.command import Param
from bot.kinds import CommandName, Day, FreeText, Kind, Number, OneOf, SectionName, TopicName
from bot.language import _, mark
from bot.markup import shorten
from bot.times import FirstDay, QuietHours, TimeOfDay, Weekdays, WeekTime
from bot.zones import Zone

MOST = 25
"""Discord: options of a command, choices of an option."""

DESCRIPTION = 100
VALUE = 100
TEXT = 6000
"""Discord: characters of a description, of a choice, of a text that is typed."""

_ABOUT: dict[type[Kind], str] = {
    TopicName: mark("A topic of the roadmap, by any of its names"),
    SectionName: mark("A section of the roadmap"),
    CommandName: mark("A command"),
    Zone: mark("Your time zone, or a city in it"),
    Day: mark("A day, such as 2027-06-01"),
    TimeOfDay: mark("A time of day such as 08:00, or off"),
    Weekdays: mark("daily, weekdays, weekends, or days such as mon,wed,fri"),
    WeekTime: mark("A weekday and a time, such as mon 18:00, or off"),
    QuietHours: mark("When nothing is sent, such as 22:00-07:00, or off"),
    FirstDay: mark("The first day of the week: monday, sunday, saturday, or auto"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """An option. `type`: its annotation. `suggests`: whether Cairn completes what is typed."""

    name: str
    description: str
    type: Any
    required: bool = False
    choices: tuple[str, ...] = ()
    suggests: bool = False


def option(param: Param) -> Option:
    """The option of a word."""
    kind = param.kind
    description = shorten(_described(param.name, kind), DESCRIPTION)
    match kind:
        case Number():
            return Option(param.name, description, app_commands.Range[int, kind.low, kind.high], param.demanded)
        case OneOf() if len(kind.words) <= MOST:
            return Option(param.name, description, str, param.demanded, choices=kind.words)
        case FreeText():
            longest = min(kind.longest, TEXT)
            return Option(param.name, description, app_commands.Range[str, 1, longest], param.demanded)
    return Option(param.name, description, str, param.demanded, suggests=_suggests(kind))


def further(key: str, title: str) -> Option:
    """The option of a word whose key the content decides."""
    return Option(key, shorten(title, DESCRIPTION) or key, str, suggests=True)


def chosen(labelled: Sequence[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    """Labels and values as choices, each of them once; what Discord would refuse is left out."""
    made: dict[str, str] = {}  # value by shown name
    for label, value in labelled:
        shown = shorten(label, VALUE) or value
        if 0 < len(value) <= VALUE and value not in made.values():
            made[shown if shown not in made else shorten(f"{value} · {label}", VALUE)] = value
    return [app_commands.Choice(name=shown, value=value) for shown, value in list(made.items())[:MOST]]


def _suggests(kind: Kind) -> bool:
    return type(kind).suggest is not Kind.suggest


def _described(name: str, kind: Kind) -> str:
    match kind:
        case Number():
            return _("A whole number from {low} to {high}").format(low=kind.low, high=kind.high)
        case OneOf():
            return _("One of: {words}").format(words=", ".join(kind.words))
        case FreeText():
            return _("In your own words, {limit} characters at most").format(limit=kind.longest)
    return _(next((_ABOUT[each] for each in type(kind).__mro__ if each in _ABOUT), name))
