"""What commands and kinds of words may look up: the content, its search, and the table of commands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from bot.ask import Role
from bot.roadmap.model import Content, Question, Roadmap, Topic
from bot.roadmap.search import Search

if TYPE_CHECKING:
    from bot.command import Command


@dataclass
class Library:
    """The loaded content and the commands by name."""

    content: Content
    commands: Mapping[str, "Command"] = field(default_factory=dict)

    @cached_property
    def menu(self) -> dict[str, "Command"]:
        """The commands that people type."""
        return {name: one for name, one in self.commands.items() if not one.hidden and one.role < Role.HOUSE}

    @cached_property
    def search(self) -> Search:
        """Finds topics by what people type."""
        return Search(self.content)

    @cached_property
    def minutes(self) -> dict[str, int]:
        """What each topic takes."""
        return {topic.id: topic.minutes for topic in self.content.topics.values()}

    @cached_property
    def questions(self) -> dict[str, tuple[Topic, Question]]:
        """Every question by its id, with its topic."""
        return {each.id: (topic, each) for topic in self.content.topics.values() for each in topic.questions}

    @cached_property
    def questions_of(self) -> dict[str, list[str]]:
        """The ids of the questions of each topic that has some."""
        return {
            topic.id: [each.id for each in topic.questions] for topic in self.content.topics.values() if topic.questions
        }

    def roadmap(self, roadmap_id: str) -> Roadmap:
        """The roadmap of that id, or the first one."""
        roadmaps = self.content.roadmaps
        return roadmaps.get(roadmap_id) or next(iter(roadmaps.values()))

    def title(self, step_or_topic: str, roadmap: Roadmap) -> str:
        """The shown name of a topic, or of a step of the roadmap."""
        topic: Topic | None = self.content.topics.get(step_or_topic)
        return topic.title if topic else roadmap.steps[step_or_topic].title
