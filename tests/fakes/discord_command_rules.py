"""What Discord asks of application commands and of what is suggested while one is typed, beyond the schema."""

import json
import unicodedata

from tests.fakes.discord_model import Json
from tests.fakes.discord_refusal import invalid

MOST_COMMANDS = 100  # chat input; 15 of each other kind
MOST_OTHERS = 15
MOST_CHARACTERS = 8000  # names, descriptions and values of one command with all its options
MOST_CHOICE = 100  # characters of a choice that is text
SUBCOMMAND, GROUP, TEXT = 1, 2, 3
SCRIPTS = ("DEVANAGARI", "THAI")  # whose signs, vowels too, are allowed in names


def check_commands(commands: list[Json]) -> None:
    """Refuse a set of global commands."""
    slash = [command for command in commands if (command.get("type") or 1) == 1]
    if len(slash) > MOST_COMMANDS:
        raise invalid(
            "",
            f"Maximum number of application commands reached ({MOST_COMMANDS})",
        )
    for kind in (2, 3):
        if sum(command.get("type") == kind for command in commands) > MOST_OTHERS:
            raise invalid("", f"more than {MOST_OTHERS} commands of type {kind}")
    names = [(command.get("type") or 1, command["name"]) for command in commands]
    if len(set(names)) < len(names):
        raise invalid("", "APPLICATION_COMMANDS_DUPLICATE_NAME")
    for number, command in enumerate(commands):
        _command(command, str(number))


def _command(command: Json, path: str) -> None:
    if (command.get("type") or 1) != 1:
        if command.get("description") or command.get("options"):
            raise invalid(path, "a command of the context menu has no description and no options")
        return
    _name(command["name"], path)
    if not (command.get("description") or "").strip():
        raise invalid(f"{path}.description", "This field is required")
    _options(command.get("options") or [], f"{path}.options")
    if (length := _length(command)) > MOST_CHARACTERS:
        raise invalid(path, f"Command exceeds maximum size ({MOST_CHARACTERS}): {length}")


def _name(name: str, path: str) -> None:
    for sign in name:
        letter = sign in "-_'" or unicodedata.category(sign)[0] in "LN"
        if not letter and not unicodedata.name(sign, "").startswith(SCRIPTS):
            raise invalid(f"{path}.name", f"{name!r}: {sign!r} is not allowed in a name")
    if name != name.lower():
        raise invalid(f"{path}.name", f"{name!r}: names are lower case")


def _options(options: list[Json], path: str) -> None:
    names = [option["name"] for option in options]
    if len(set(names)) < len(names):
        raise invalid(path, "two options have the same name")
    optional = False
    nested = [option["type"] in (SUBCOMMAND, GROUP) for option in options]
    if any(nested) and not all(nested):
        raise invalid(path, "subcommands and options side by side")
    for number, option in enumerate(options):
        under = f"{path}.{number}"
        _name(option["name"], under)
        if option.get("required") and optional:
            raise invalid(under, "Required options must be placed before non-required options")
        optional = optional or not option.get("required")
        if option["type"] in (SUBCOMMAND, GROUP):
            _options(option.get("options") or [], f"{under}.options")
        else:
            _option(option, under)


def _option(option: Json, path: str) -> None:
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        raise invalid(path, "choices and autocomplete exclude each other")
    for low, high in (("min_value", "max_value"), ("min_length", "max_length")):
        if option.get(low) is not None and option.get(high) is not None and option[low] > option[high]:
            raise invalid(path, f"{low} is more than {high}")
    check_choices(choices, f"{path}.choices")


def check_choices(choices: list[Json], path: str, kind: int | None = None) -> None:
    """Refuse choices; `kind`: the type of the option they are for."""
    for field in ("name", "value"):
        given = [choice[field] for choice in choices]
        if len(set(given)) < len(given):
            raise invalid(path, f"two choices have the same {field}")
    for number, choice in enumerate(choices):
        value = choice["value"]
        if isinstance(value, str) and len(value) > MOST_CHOICE:
            raise invalid(f"{path}.{number}.value", f"Must be {MOST_CHOICE} or fewer in length")
        if not choice["name"].strip():
            raise invalid(f"{path}.{number}.name", "This field is required")
        if kind is not None and (kind == TEXT) != isinstance(value, str):
            raise invalid(f"{path}.{number}.value", f"{value!r} does not fit an option of type {kind}")


def _length(part: Json) -> int:
    own = len(part["name"]) + len(part.get("description") or "")
    own += sum(len(choice["name"]) + len(str(choice["value"])) for choice in part.get("choices") or [])
    return own + sum(_length(option) for option in part.get("options") or [])


READ_ONLY = ("id", "application_id", "version")


def same(before: Json, after: Json) -> bool:
    """Whether a command was declared the same way."""
    return _plain(before) == _plain(after)


def _plain(command: Json) -> str:
    kept = {name: value for name, value in command.items() if name not in READ_ONLY and value not in (None, [], False)}
    return json.dumps(kept, sort_keys=True)
