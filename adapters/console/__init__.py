"""The terminal: a person's lines, lines of a script, or the JSON protocol."""

from adapters.console.port import Console

__all__ = ["Console"]
