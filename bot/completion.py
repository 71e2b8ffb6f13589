"""Completing a line while it is typed: the command's name, then the parameter that the last words belong to."""

from bot.call import Call, Word
from bot.command import Command, Param
from bot.kinds import SUGGESTIONS, Choice, Span
from bot.library import Library


def complete(line: str, library: Library) -> list[Choice]:
    """Completions of the last word, best first; a line without a slash names a topic."""
    if not line.startswith("/"):
        line = f"/explain {line}"
    name, blank, _rest = line[1:].partition(" ")
    if not blank:
        start = name.casefold()
        return [Choice(f"/{known}", f"/{known}") for known in library.menu if known.startswith(start)][:SUGGESTIONS]
    command = library.commands.get(name.casefold())
    return _words(command, line, library)[:SUGGESTIONS] if command else []


def _words(command: Command, line: str, library: Library) -> list[Choice]:
    call = Call.parse(line, command.keys(library))
    last = call.words[-1] if call.words else None
    if last and last.key and not line[-1].isspace():
        return _named(command, last, library)
    named = call.named
    words = [word.text for word in call.words if not word.key]
    if line[-1].isspace():
        words.append("")
    params = [param for param in command.params if param.name not in named]
    return _typed(words, params, library)


def _named(command: Command, word: Word, library: Library) -> list[Choice]:
    for param in command.params:
        if param.name == word.key:
            return param.kind.suggest(word.text, library)
    return command.more.suggest(word.text, library) if command.more else []


def _typed(words: list[str], params: list[Param], library: Library) -> list[Choice]:
    if not params:
        return []
    first, *later = params
    if first.kind.span is Span.REST:
        return []
    if first.kind.span is Span.ONE:
        return first.kind.suggest(words[0], library) if len(words) == 1 else _typed(words[1:], later, library)
    before, last = " ".join(words[:-1]), words[-1]
    own = first.kind.suggest(" ".join(words).strip(), library) if last or not before else []
    if before and later and first.kind.exact(before, library):
        if later[0].kind.span is Span.REST:
            return []
        ends = [
            choice for param in later if param.kind.span is Span.ONE for choice in param.kind.suggest(last, library)
        ]
        return [*ends, *own]
    return own
