"""The language a reply is written in: every sentence a person reads passes through `_` or `plural`."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"
_catalogue: ContextVar[gettext.NullTranslations | None] = ContextVar("catalogue", default=None)


@cache
def _load(language: str, folder: Path) -> gettext.NullTranslations:
    """The catalogue of a language, or one that says everything in English."""
    return gettext.translation("cairn", folder, [language.replace("-", "_"), language[:2]], fallback=True)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within this block, sentences come in `language` (an IETF tag such as "de" or "pt-BR")."""
    token = _catalogue.set(_load(language, CATALOGUES))
    try:
        yield
    finally:
        _catalogue.reset(token)


def _(text: str) -> str:
    """The sentence in the language being spoken."""
    catalogue = _catalogue.get()
    return catalogue.gettext(text) if catalogue else text


def plural(one: str, many: str, count: int) -> str:
    """The sentence for `count` things, in the language being spoken."""
    catalogue = _catalogue.get()
    if catalogue is None:
        return one if count == 1 else many
    return catalogue.ngettext(one, many, count)


def mark(text: str) -> str:
    """Marks a sentence for translation that is spoken later, with `_(stored)`."""
    return text
