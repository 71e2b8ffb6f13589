"""@command: a feature declared once, from its function's own signature."""

import inspect
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from bot.ask import Role
from bot.kinds import Kind
from bot.library import Library
from bot.reply import Reply


class Where(Enum):
    """The places in which a command makes sense."""

    ANYWHERE = "anywhere"
    GROUP = "group"
    PRIVATE = "private"


class Keys(Kind):
    """A kind for `**words`: words by name whose keys the content decides."""

    @abstractmethod
    def keys(self, library: Library) -> Mapping[str, str]:
        """The keys that count, and what each is called."""


@dataclass(frozen=True, slots=True)
class Param:
    """A word that a command takes."""

    name: str
    kind: Kind
    required: bool

    @property
    def demanded(self) -> bool:
        """Whether it can never be left out, so that a platform may demand it beforehand."""
        return self.required and not self.kind.recalls


@dataclass(frozen=True)
class Command:
    """A feature: its name, its words, who may call it where, and the function that answers.

    `private`: only the asker sees the answer. `more`: further words by name, whose keys the content decides.
    `hidden`: only buttons say it, so it stands in no menu. `aside`: what it shows is not what is talked about.
    """

    name: str
    summary: str
    example: str
    params: tuple[Param, ...]
    run: Callable[..., Reply]
    private: bool = False
    role: Role = Role.MEMBER
    where: Where = Where.ANYWHERE
    more: Keys | None = None
    hidden: bool = False
    aside: bool = False

    def keys(self, library: Library) -> set[str]:
        """The keys that may stand before an equals sign."""
        return {param.name for param in self.params} | set(self.more.keys(library) if self.more else ())

    @property
    def usage(self) -> str:
        """The command and its words as the tables show them: `/explain <topic> [depth]`."""
        words = (f"<{param.name}>" if param.required else f"[{param.name}]" for param in self.params)
        return " ".join([f"/{self.name}", *words, *(["[choice=…]"] if self.more else [])])


def command(
    name: str,
    summary: str,
    example: str = "",
    *,
    private: bool = False,
    role: Role = Role.MEMBER,
    where: Where = Where.ANYWHERE,
    hidden: bool = False,
    aside: bool = False,
) -> Callable[[Callable[..., Reply]], Command]:
    """Declares a command.

    The function takes the Chat, then its words: `topic: Annotated[Topic, TopicName()]`; a default makes a word
    optional; `**words: Annotated[T, keys]` takes words by name. `summary` is marked for translation where it stands.
    """

    def declare(run: Callable[..., Reply]) -> Command:
        hints = get_type_hints(run, include_extras=True)
        params = []
        more = None
        for param in list(inspect.signature(run).parameters.values())[1:]:
            kind = _kind(hints[param.name])
            if param.kind is inspect.Parameter.VAR_KEYWORD:
                more = kind
            else:
                params.append(Param(param.name, kind, param.default is inspect.Parameter.empty))
        example_ = example or f"/{name}"
        return Command(name, summary, example_, tuple(params), run, private, role, where, more, hidden, aside)

    return declare


def _kind(hint: Any) -> Any:
    """The kind that an annotation carries: Annotated[Topic, TopicName()] -> TopicName()."""
    if get_origin(hint) is not Annotated:
        raise TypeError(f"a command's word needs Annotated[type, kind], not {hint}")
    return get_args(hint)[1]
