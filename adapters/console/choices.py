"""The numbers under which buttons and options of the last reply can be chosen."""

from dataclasses import dataclass, field

from bot.call import Word
from bot.reply import Button


@dataclass(slots=True)
class Choices:
    """What can be chosen by a number, counted from 1."""

    _made: list[Button] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self._made)

    def forget(self) -> None:
        """A new reply comes: its own choices are counted from 1 again."""
        self._made.clear()

    def add(self, button: Button) -> int:
        """The number of one more choice."""
        self._made.append(button)
        return len(self._made)

    def meant(self, text: str) -> int | None:
        """The number that a line is, if there is anything to choose from."""
        typed = text.strip()
        return int(typed) if self._made and typed.isascii() and typed.isdigit() and len(typed) < 4 else None

    def picked(self, number: int) -> Button | None:
        """The choice of a number, if there is one."""
        return self._made[number - 1] if 0 < number <= len(self._made) else None


def filled(line: str, words: dict[str, str]) -> str:
    """A button's line with the words that were still to be added; empty ones are left out."""
    return " ".join([line, *(Word(text, key).written() for key, text in words.items() if text)])


def pattern(button: Button) -> str:
    """A button's line as one would type it, each word still wanted in pointed brackets."""
    return " ".join([button.line, *(f"{key}=<{key}>" for key in button.fill)])
