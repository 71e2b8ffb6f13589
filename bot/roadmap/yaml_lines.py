"""YAML together with the line on which each value stands, so that a fault can name it."""

from dataclasses import dataclass, field
from typing import Any

import yaml

Spot = tuple[str | int, ...]
"""The way to a value: keys and positions from the top."""


@dataclass(slots=True)
class Lined:
    """A document's value, the line of each spot in it, and what is wrong with it as (line, text)."""

    value: Any = None
    lines: dict[Spot, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def line(self, spot: Spot) -> int:
        """The line of a spot, or of the nearest one around it."""
        while spot and spot not in self.lines:
            spot = spot[:-1]
        return self.lines.get(spot, 1)


class _Loader(yaml.CSafeLoader):
    """The safe loader, with dates left as the text they are."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str, first_line: int = 1) -> Lined:
    """Reads one document whose text begins on `first_line` of its file."""
    made = Lined()
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is not None:
            _walk(node, (), made, first_line)
            made.value = loader.construct_document(node)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        made.faults.append((first_line + _error_line(error), f"is not YAML: {_problem(error)}; mend the notation"))
    finally:
        loader.dispose()
    return made


def _walk(node: yaml.Node, spot: Spot, made: Lined, first_line: int) -> None:
    made.lines[spot] = node.start_mark.line + first_line
    if isinstance(node, yaml.SequenceNode):
        for at, child in enumerate(node.value):
            _walk(child, (*spot, at), made, first_line)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            place = (*spot, str(key.value))
            if place in made.lines:
                line = key.start_mark.line + first_line
                made.faults.append((line, f"{key.value} stands twice; keep one"))
            _walk(child, place, made, first_line)
            made.lines[place] = key.start_mark.line + first_line


def _error_line(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line if mark else 0


def _problem(error: Exception) -> str:
    return str(getattr(error, "problem", None) or error).splitlines()[0]
