"""What Discord asks of a message's components and of a modal's, beyond the schema."""

from collections.abc import Iterator
from typing import Any

from tests.fakes.discord_emoji import is_emoji
from tests.fakes.discord_model import Json
from tests.fakes.discord_refusal import invalid

ROW, BUTTON, TEXT_INPUT, TEXT = 1, 2, 4, 10
SELECTS = (3, 5, 6, 7, 8)
LINK, PREMIUM = 5, 6
MOST_ROWS = 5
MOST_COMPONENTS = 40
MOST_TEXT = 4000


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, the nested ones after the one they are in."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        yield from walk([component[name] for name in ("accessory", "component") if component.get(name)])


def texts(components: list[Json]) -> list[str]:
    """The text displays."""
    return [component["content"] for component in walk(components) if component["type"] == TEXT]


def check_components(components: list[Json], *, modern: bool, path: str = "components") -> None:
    """Refuse a message's components; `modern`: Components V2."""
    if modern:
        _modern(components, path)
    else:
        if any(component["type"] != ROW for component in components):
            raise invalid(path, "only action rows, unless the message has the flag for Components V2")
        if len(components) > MOST_ROWS:
            raise invalid(path, f"Must be {MOST_ROWS} or fewer in length")
    for component in walk(components):
        _one(component, path)
    _named_once(components, path)


def _modern(components: list[Json], path: str) -> None:
    if (count := sum(1 for _ in walk(components))) > MOST_COMPONENTS:
        raise invalid(path, f"{count} components, nested ones counted; {MOST_COMPONENTS} are the most")
    if (length := sum(len(text) for text in texts(components))) > MOST_TEXT:
        raise invalid(path, f"{length} characters of text in all; {MOST_TEXT} are the most")


def _named_once(components: list[Json], path: str) -> None:
    for field in ("custom_id", "id"):
        names = [component[field] for component in walk(components) if component.get(field)]
        if twice := {name for name in names if names.count(name) > 1}:
            raise invalid(path, f"{field} cannot be duplicated: {twice}")


def _one(component: Json, path: str) -> None:
    match component["type"]:
        case 1:
            _row(component["components"], path)
        case 2:
            _button(component, path)
        case kind if kind in SELECTS:
            _select(component, path)
        case 10 if not component["content"].strip():
            raise invalid(path, "a text display without text")


def _row(inside: list[Json], path: str) -> None:
    if any(component["type"] in SELECTS for component in inside) and len(inside) > 1:
        raise invalid(path, "a select menu stands alone in its row")


def _button(button: Json, path: str) -> None:
    style, custom_id, url = button["style"], button.get("custom_id"), button.get("url")
    if style == LINK and (not url or custom_id):
        raise invalid(path, "a link button has a url and no custom_id")
    if style == LINK and str(url).startswith("attachment:"):
        raise invalid(path, "a link goes to http, https or discord")
    if style not in (LINK, PREMIUM) and (not custom_id or url):
        raise invalid(path, "a button has a custom_id and no url")
    if style != PREMIUM and not (button.get("label") or "").strip() and not button.get("emoji"):
        raise invalid(path, "a button has a label or an emoji")
    _emoji(button.get("emoji"), path)


def _emoji(emoji: Any, path: str) -> None:
    if emoji and not emoji.get("id") and not is_emoji(emoji["name"]):
        raise invalid(f"{path}.emoji.name", f"Invalid emoji: {emoji['name']!r}")


def _select(select: Json, path: str) -> None:
    low = 1 if select.get("min_values") is None else select["min_values"]
    high = select.get("max_values") or 1
    options = select.get("options")
    if low > high or (options is not None and low > len(options)):
        raise invalid(path, "min_values is more than can be chosen")
    if options is None:
        return
    if high > len(options):
        raise invalid(path, f"max_values is {high}, the options are {len(options)}")
    values = [option["value"] for option in options]
    if len(set(values)) < len(values):
        raise invalid(path, "two options have the same value")
    if sum(bool(option.get("default")) for option in options) > high:
        raise invalid(path, "more defaults than may be chosen")
    for option in options:
        _emoji(option.get("emoji"), path)


def check_modal(modal: Json) -> None:
    """Refuse a modal."""
    tops = modal["components"]
    if len(tops) > MOST_ROWS:
        raise invalid("components", f"Must be between 1 and {MOST_ROWS} in length")
    if not modal["title"].strip():
        raise invalid("title", "This field is required")
    for top in tops:
        inside = top.get("components") or ([top["component"]] if "component" in top else [])
        if len(inside) > 1:
            raise invalid("components", "one text input for each row")
        for component in inside:
            labelled = top["type"] != ROW
            if component["type"] == TEXT_INPUT:
                _text_input(component, labelled=labelled)
            elif component["type"] in SELECTS:
                _select(component, "components")
    _named_once(tops, "components")


def _text_input(field: Json, *, labelled: bool) -> None:
    if labelled == bool(field.get("label")):
        raise invalid("components", "a text input has its label from the Label around it, or else one of its own")
    low, high = field.get("min_length") or 0, field.get("max_length") or 4000
    if low > high:
        raise invalid("components", "min_length is more than max_length")
    if field.get("value") and not low <= len(field["value"]) <= high:
        raise invalid("components", "the value does not fit its own limits")
