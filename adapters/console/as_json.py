"""A Reply as the JSON protocol writes it."""

from collections.abc import Sequence
from typing import Any, assert_never

from adapters.console.folder import Folder
from bot.language import _
from bot.markup import escape
from bot.reply import Block, Button, Buttons, File, Picture, Quiz, Reply, Text

Json = dict[str, Any]


def output(
    reply: Json | None = None, sent: Sequence[Json] = (), suggestions: Sequence[Json] = (), error: str | None = None
) -> Json:
    """What answers one input line."""
    return {"reply": reply, "sent": list(sent), "suggestions": list(suggestions), "error": error}


async def reply_json(reply: Reply, folder: Folder) -> Json:
    """The reply, its pictures and files written to the folder."""
    blocks = [await _block(block, folder) for block in reply.blocks]
    return {"about": list(reply.about), "private": reply.private, "blocks": blocks}


async def _block(block: Block, folder: Folder) -> Json:
    match block:
        case Text(text):
            return {"kind": "text", "text": text}
        case Buttons(rows):
            return {"kind": "buttons", "rows": [[_button(button) for button in row] for row in rows]}
        case Quiz(ask, options, topic):
            chosen = [{"label": option.label, "line": option.line} for option in options]
            return {"kind": "quiz", "ask": ask, "options": chosen, "topic": topic}
        case Picture():
            drawn = await folder.picture(block)
            if drawn is None:
                return {"kind": "text", "text": escape(block.alt)}
            return {"kind": "picture", "file": drawn.name, "alt": block.alt}
        case File():
            written = folder.file(block)
            if written is None:
                return {"kind": "text", "text": not_written(escape(block.label))}
            return {"kind": "file", "file": written.name, "label": block.label}
    assert_never(block)


def _button(button: Button) -> Json:
    if button.url:
        return {"label": button.label, "url": button.url}
    made: Json = {"label": button.label, "line": button.line}
    if button.fill:
        made["fill"] = list(button.fill)
    return made


def not_written(label: str) -> str:
    """Says that a file could not be written."""
    return _("{file}: it could not be written.").format(file=label)
