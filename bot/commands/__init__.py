"""The table of contents: every command, in the order in which help shows them."""

from bot.command import Command
from bot.commands import explain, house, map, moves, next, note, path, placement, progress, quiz, settings, start

COMMANDS: tuple[Command, ...] = (
    start.start,
    start.help_,
    explain.explain,
    next.next_,
    moves.learn,
    moves.done,
    moves.skip,
    moves.undo,
    path.path,
    progress.progress,
    map.map_,
    note.note,
    settings.settings,
    quiz.quiz,
    quiz.review,
    placement.placement,
    quiz.cancel,
    quiz.answer,
    quiz.resume,
    house.added,
    house.removed,
    house.back,
    house.moved,
)


def by_name() -> dict[str, Command]:
    """The commands under the names people type."""
    return {command.name: command for command in COMMANDS}
