"""Which slash commands a person is offered in a place, and how what they fill in is sent."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.fakes.discord_channel import Channel
from tests.fakes.discord_model import Json, Permission, Role, User
from tests.fakes.discord_private import Dm

if TYPE_CHECKING:
    from tests.fakes.discord_person import Person

TEXT, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = 3, 4, 5, 6, 7, 8, 9, 10
GUILD_INSTALL, USER_INSTALL = 0, 1


def owners(person: "Person", channel: Channel) -> dict[str, str]:
    """Who installed the bot where: "0" the server ("0" of its direct messages), "1" the user."""
    made = {"1": str(person.id)} if person.installed else {}
    if channel.guild is not None and channel.guild.has_bot:
        made["0"] = str(channel.guild.id)
    elif isinstance(channel, Dm) and (person.shares_a_server or not person.installed):
        made["0"] = "0"
    return made


def offered(person: "Person", channel: Channel) -> list[Json]:
    """The slash commands somebody sees in a place."""
    return [command for command in person.world.commands if _offers(command, person, channel)]


def _offers(command: Json, person: "Person", channel: Channel) -> bool:
    context = 0 if channel.guild else 1 if isinstance(channel, Dm) else 2
    contexts = command.get("contexts")
    if contexts is None:
        contexts = [0] if command.get("dm_permission") is False else [0, 1, 2]
    installs = {str(kind) for kind in command.get("integration_types") or [GUILD_INSTALL]}
    if context not in contexts or not installs & owners(person, channel).keys():
        return False
    if channel.guild is None:
        return True
    has = channel.guild.permissions(person, channel)
    wanted = command.get("default_member_permissions")
    if not has & Permission.USE_APPLICATION_COMMANDS:
        return False
    return wanted is None or bool(has & Permission.ADMINISTRATOR) or (wanted > 0 and has & wanted == wanted)


def written(
    person: "Person", channel: Channel, name: str, words: Mapping[str, Any], *, focused: str | None = None
) -> Json:
    """The `data` of a slash command, `name` with its subcommands (`group add`); `focused`: the option being typed."""
    first, *rest = name.split()
    command = next((command for command in offered(person, channel) if command["name"] == first), None)
    names = [command["name"] for command in offered(person, channel)]
    assert command is not None, f"/{first} is not offered to {person.name} in {channel.name}: {names}"
    data: Json = {"id": command["id"], "name": first, "type": 1, "options": []}
    inner, declared = data["options"], command.get("options") or []
    for part in rest:
        found = next((option for option in declared if option["name"] == part and option["type"] in (1, 2)), None)
        assert found is not None, f"/{name}: no {part} among {[option['name'] for option in declared]}"
        inner.append({"type": found["type"], "name": part, "options": []})
        inner, declared = inner[-1]["options"], found.get("options") or []
    assert not any(option["type"] in (1, 2) for option in declared), f"/{name} needs a subcommand"
    resolved: dict[str, Json] = {}
    known = {option["name"]: option for option in declared}
    assert set(words) <= set(known), f"/{name} has no {set(words) - set(known)}, but {list(known)}"
    for option in declared:
        if option["name"] in words:
            inner.append(_filled(option, words[option["name"]], channel, resolved, typing=option["name"] == focused))
        else:
            assert focused or not option.get("required"), f"/{name} needs {option['name']}"
    return data | ({"resolved": resolved} if resolved else {})


def _filled(option: Json, word: Any, channel: Channel, resolved: dict[str, Json], *, typing: bool) -> Json:
    made: Json = {"name": option["name"], "type": option["type"]}
    if typing:
        assert option.get("autocomplete"), f"{option['name']} suggests nothing"
        return made | {"value": str(word), "focused": True}
    for choice in option.get("choices") or []:
        if word in (choice["name"], choice["value"]):
            return made | {"value": choice["value"]}
    assert not option.get("choices"), f"{word!r} is no choice: {[choice['name'] for choice in option['choices']]}"
    return made | {"value": _value(option, word, channel, resolved)}


def _value(option: Json, word: Any, channel: Channel, resolved: dict[str, Json]) -> Any:
    kind, name = option["type"], option["name"]
    if kind == TEXT:
        low, high = option.get("min_length") or 0, option.get("max_length") or 6000
        assert isinstance(word, str), f"{name}: {word!r} is not text"
        assert low <= len(word) <= high, f"{name}: {word!r} is not text of {low} to {high}"
        return word
    if kind in (INTEGER, NUMBER):
        low, high = option.get("min_value"), option.get("max_value")
        assert isinstance(word, int if kind == INTEGER else (int, float)), f"{name}: {word!r} is no number"
        assert low is None or word >= low, f"{name}: {word} is less than {low}"
        assert high is None or word <= high, f"{name}: {word} is more than {high}"
        return word
    if kind == BOOLEAN:
        assert isinstance(word, bool), f"{name}: {word!r} is neither True nor False"
        return word
    wanted: tuple[type[User | Channel | Role], ...] = {
        USER: (User,),
        CHANNEL: (Channel,),
        ROLE: (Role,),
        MENTIONABLE: (User, Role),
    }[kind]
    assert isinstance(word, wanted), f"{name}: {word!r} does not fit"
    _resolve(word, channel, resolved)
    return str(word.id)


def _resolve(word: User | Channel | Role, channel: Channel, resolved: dict[str, Json]) -> None:
    key = "users" if isinstance(word, User) else "channels" if isinstance(word, Channel) else "roles"
    extra = {"permissions": "0"} if isinstance(word, Channel) else {}
    resolved.setdefault(key, {})[str(word.id)] = word.as_json() | extra
    if isinstance(word, User) and channel.guild is not None and word in channel.guild.people:
        member = channel.guild.member_json(word) | {"permissions": "0"}
        resolved.setdefault("members", {})[str(word.id)] = {k: v for k, v in member.items() if k != "user"}
