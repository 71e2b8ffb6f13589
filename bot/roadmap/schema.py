"""What a writer may put into content files, checked by pydantic; nothing here is needed once content is loaded."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag, ValidationError

from bot.roadmap.yaml_lines import Lined

M = TypeVar("M", bound=BaseModel)

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Alias = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Described = Annotated[str, StringConstraints(min_length=1, max_length=160)]
Kind = Literal["recommended", "alternative", "any-time"]
Minutes = Annotated[int, Field(ge=5, le=3000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SourceFile(_Strict):
    """One source of a page."""

    title: Title | Annotated[str, StringConstraints(max_length=120)]
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=300)]
    kind: Literal["official", "paper", "article", "book", "video", "course"]


class QuestionFile(_Strict):
    """One question. The limits are those of Telegram's quiz polls, the narrowest of our platforms.

    `id` is needed only where a question is worded anew: the one that `cairn content check` named for it before.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$", max_length=12)] = ""

    ask: Annotated[str, StringConstraints(min_length=10, max_length=300)]
    options: Annotated[
        list[Annotated[str, StringConstraints(min_length=1, max_length=100)]], Field(min_length=3, max_length=5)
    ]
    right: Annotated[int, Field(ge=0, le=4)]
    because: Annotated[str, StringConstraints(min_length=10, max_length=200)]


class PageFile(_Strict):
    """The front matter of a topic page."""

    title: Title
    labels: Annotated[list[Label], Field(min_length=1)]
    aliases: list[Alias] = []
    asks: list[Described] = []
    minutes: Minutes
    sources: list[SourceFile] = []
    quiz: list[QuestionFile] = []
    was: list[Id] = []


class ProjectFile(_Strict):
    """The front matter of a project brief."""

    title: Title
    level: Literal["beginner", "intermediate", "advanced"]
    hours: Annotated[int, Field(ge=1, le=200)]
    topics: Annotated[list[Id], Field(min_length=1)]


class MemberFile(_Strict):
    """A member of a pick-one group."""

    id: Id
    kind: Kind = "recommended"
    needs: list[Id] = []


class StepFile(MemberFile):
    """A topic that stands on its own in a section."""

    checkpoint: bool = False


class PickFile(_Strict):
    """A pick-one group; its members are checked for number where the graph is built, to name the mend."""

    pick: Id
    title: Title
    kind: Kind = "recommended"
    needs: list[Id] = []
    topics: list[MemberFile]


def _entry(value: Any) -> str:
    return "PickFile" if isinstance(value, dict) and "pick" in value else "StepFile"


Entry = Annotated[Annotated[StepFile, Tag("StepFile")] | Annotated[PickFile, Tag("PickFile")], Discriminator(_entry)]
"""What stands in a section: a group if it has the key `pick`, else a topic."""


class SectionFile(_Strict):
    """One section of a roadmap."""

    id: Id
    title: Title
    notes: list[Annotated[str, StringConstraints(max_length=200)]] = []
    tracks: bool = False
    topics: list[Entry] = []


class RouteFile(_Strict):
    """One route; `reaches` names sections, topics and groups."""

    id: Id
    title: Title
    goal: Title
    reaches: Annotated[list[Id], Field(min_length=1)]


class RoadmapFile(_Strict):
    """A roadmap."""

    id: Id
    title: Title
    link: Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
    routes: Annotated[list[RouteFile], Field(min_length=1)]
    sections: Annotated[list[SectionFile], Field(min_length=1)]


def validate(model: type[M], lined: Lined) -> M | None:
    """The value as a model, or None with every fault added to `lined`."""
    try:
        return model.model_validate(lined.value)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            spot = tuple(part for part in found["loc"] if part not in ("StepFile", "PickFile"))
            lined.faults.append((lined.line(spot), f"{_named(spot)}{_told(dict(found))}"))
        lined.faults = list(dict.fromkeys(lined.faults))
        return None


def _named(spot: tuple[str | int, ...]) -> str:
    if not spot:
        return ""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in spot).lstrip(".")
    return f"{name}: "


def _told(found: dict[str, Any]) -> str:
    """pydantic's finding as what is wrong and the mend."""
    limits = found.get("ctx", {})
    match found["type"]:
        case "missing":
            return "is missing; add it"
        case "extra_forbidden":
            return "is no key of this file; remove it or mend its spelling"
        case "string_too_long":
            return f"has {len(found['input'])} characters; shorten it to {limits['max_length']} at most"
        case "string_pattern_mismatch" if "https" in limits["pattern"]:
            return "is no https address; write one that begins with https://"
        case "string_pattern_mismatch":
            return "is no id; write lower-case words joined by single hyphens"
        case "too_long":
            return f"has {limits['actual_length']} entries; keep {limits['max_length']} at most"
        case "too_short":
            return f"has {limits['actual_length']} entries; write {limits['min_length']} at least"
        case _:
            message = str(found["msg"])
            return f"{message[:1].lower()}{message[1:]}; write it so"
