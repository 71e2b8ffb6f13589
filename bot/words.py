"""Giving the words of a line to a command's parameters, and the line that says the same again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.call import Call, Word, free_text
from bot.command import Command, Param
from bot.kinds import FreeText, Span, Unclear
from bot.library import Library


@dataclass(frozen=True, slots=True)
class Bound:
    """The text given for each parameter, and the words for which there was none."""

    texts: Mapping[str, str]
    excess: tuple[Word, ...] = ()


def bind(command: Command, call: Call, library: Library, recalled: Mapping[str, str] | None = None) -> Bound:
    """Gives words by name to their parameters, and the others in order; `recalled` are for those that get none.

    A kind of many words takes all that stand before free text or before later words of the line; a later parameter
    takes words only from the line's end, and never from an exact name.
    """
    named = call.named
    free = [param for param in command.params if param.name not in named]
    known = {param: text for param, text in (recalled or {}).items() if text}
    texts, excess = _in_order(tuple(word for word in call.words if not word.key), free, library, known)
    return Bound({**known, **named, **texts}, excess)


def _in_order(
    words: tuple[Word, ...], params: Sequence[Param], library: Library, known: Collection[str]
) -> tuple[dict[str, str], tuple[Word, ...]]:
    if not words or not params:
        return {}, words
    first, *later = params
    if first.kind.span is Span.REST:
        return {first.name: free_text(words)}, ()
    if first.kind.span is Span.ONE:
        texts, excess = _in_order(words[1:], later, library, known)
        return {first.name: words[0].text, **texts}, excess
    wanted = first.required and first.name not in known
    if any(param.kind.span is Span.REST for param in later):
        size = _longest_name(words, first, wanted, library)
        texts, excess = _in_order(words[size:], later, library, known)
        return {**({first.name: _joined(words[:size])} if size else {}), **texts}, excess
    return _from_the_end(words, first, wanted, later, library), ()


def _longest_name(words: tuple[Word, ...], param: Param, wanted: bool, library: Library) -> int:
    """How many words from the start are the longest exact name, which ends with more than a sign; else one if wanted.

    Where none is wanted, they must be meant as a name.
    """
    sizes = [size for size in range(min(len(words), 12), 0, -1) if any(map(str.isalnum, words[size - 1].text))]
    is_name = param.kind.exact if wanted else param.kind.means
    return next((size for size in sizes if is_name(_joined(words[:size]), library)), int(wanted))


def _from_the_end(
    words: tuple[Word, ...], first: Param, wanted: bool, later: Sequence[Param], library: Library
) -> dict[str, str]:
    """The words of `first`, and those that later parameters take from the line's end."""
    most = min(len(later), len(words) - (wanted and not first.kind.recalls))
    ends = {size: _fitting(words[len(words) - size :], later, library) for size in range(most + 1)}
    for size, texts in ends.items():
        if texts is not None and first.kind.exact(_joined(words[: len(words) - size]), library):
            return {first.name: _joined(words[: len(words) - size]), **texts}
    size = max(size for size, texts in ends.items() if texts is not None)
    start = {first.name: _joined(words[: len(words) - size])} if size < len(words) else {}
    return {**start, **(ends[size] or {})}


def _fitting(words: tuple[Word, ...], params: Sequence[Param], library: Library) -> dict[str, str] | None:
    """These words given to these parameters in order, some of which may stay empty; None where one fits nowhere."""
    texts: dict[str, str] = {}
    waiting = list(params)
    for word in words:
        while waiting and not _takes(waiting[0], word.text, library):
            waiting.pop(0)
        if not waiting:
            return None
        texts[waiting.pop(0).name] = word.text
    return texts


def _takes(param: Param, text: str, library: Library) -> bool:
    """Whether a word at the line's end is one for this parameter; free text would take any, so it takes none."""
    if isinstance(param.kind, FreeText):
        return False
    try:
        param.kind.read(text, library)
    except Unclear:
        return False
    return True


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def spoken(command: Command, texts: Mapping[str, str]) -> Call:
    """The call that gives these texts: by position as long as none is left out, then by name."""
    call = Call(command.name)
    in_order = True
    for param in command.params:
        in_order = in_order and param.name in texts
        if param.name in texts:
            key = "" if in_order else param.name
            call = Call(call.name, (*call.words, Word(texts[param.name], key)))
    known = {param.name for param in command.params}
    extra = tuple(Word(text, key) for key, text in texts.items() if key not in known)
    return Call(call.name, call.words + extra)
