"""From a sheet to the library's view and files: pictures are drawn, long lines get their handles."""

import io
import re
import zlib
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import ui

from adapters.discord.data import Handles, apart
from adapters.discord.markdown import dressed
from adapters.discord.outs import Document, Image, Key, Menu, Part, Row, Sheet, Words
from adapters.discord.pages import pieces
from bot.ask import Account
from bot.language import _
from bot.markup import shorten
from bot.pictures.draw import Drawer

ALT = 1024
"""Discord: characters of a picture's description."""

_UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)


@dataclass(slots=True)
class Made:
    """A message, ready to be sent."""

    view: ui.LayoutView
    files: list[discord.File] = field(default_factory=list)


def mark(slot: str) -> int:
    """The number that the first component of a slot's message bears, so that a press on it knows the slot."""
    return (zlib.crc32(slot.encode()) & 0x3FFFFFFF) + 1_000 if slot else 0


def marked(message: discord.Message | None) -> int:
    """The number of a message's first component."""
    first = message.components[0] if message and message.components else None
    return int(getattr(first, "id", 0) or 0)


class Maker:
    """Makes messages."""

    def __init__(self, handles: Handles) -> None:
        self.handles = handles
        self._drawer = Drawer()

    def close(self) -> None:
        """Ends what draws."""
        self._drawer.close()

    async def made(self, sheet: Sheet, slot: str = "", about: Account | None = None) -> Made:
        """The message of a sheet; `slot` is what it stands for, `about` whose words its buttons may hold."""
        made = Made(ui.LayoutView(timeout=None))
        used: set[str] = set()
        for part in sheet.parts:
            for item in await self._items(part, made.files, used, about):
                if slot and not made.view.children:
                    item.id = mark(slot)
                made.view.add_item(item)
        made.view.stop()  # presses come to us by their data: the library need not remember the message
        return made

    async def _items(
        self, part: Part, files: list[discord.File], used: set[str], about: Account | None
    ) -> list[ui.Item[Any]]:
        match part:
            case Words():
                return [ui.TextDisplay(part.text)]
            case Row():
                return [ui.ActionRow(*[await self._button(key, used, about) for key in part.keys])]
            case Menu():
                return [await self._menu(part, used, about)]
            case Image():
                return await self._image(part, files)
            case Document():
                name = _named(part.file.name, files)
                files.append(discord.File(io.BytesIO(part.file.data), name))
                return [ui.File(f"attachment://{name}")]

    async def _button(self, key: Key, used: set[str], about: Account | None) -> ui.Button[Any]:
        if key.url:
            return ui.Button(label=key.label, url=key.url)
        data = apart(await self.handles.short(key.data, about), used)
        return ui.Button(label=key.label, custom_id=data, style=discord.ButtonStyle.secondary)

    async def _menu(self, menu: Menu, used: set[str], about: Account | None) -> ui.ActionRow[Any]:
        values: set[str] = set()
        options = [
            discord.SelectOption(label=key.label, value=apart(await self.handles.short(key.data, about), values))
            for key in menu.keys
        ]
        select: ui.Select[Any] = ui.Select(custom_id=apart(":", used), placeholder=_("Choose one"), options=options)
        return ui.ActionRow(select)

    async def _image(self, image: Image, files: list[discord.File]) -> list[ui.Item[Any]]:
        """A drawing; where it cannot be drawn, its words."""
        png = await self._drawer.png(image.picture.svg)
        if png is None:
            return [ui.TextDisplay((pieces(dressed(image.picture.alt)) or ["…"])[0])]
        name = _named(f"{image.picture.name.removesuffix('.png')}.png", files)
        files.append(discord.File(io.BytesIO(png), name))
        alt = shorten(image.picture.alt, ALT) or None
        return [ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{name}", description=alt))]


def _named(name: str, files: list[discord.File]) -> str:
    """A file's name as Discord keeps it, so that the message can point at it; no two are the same."""
    safe = _UNSAFE.sub("-", name).strip(".-") or "file"
    return f"{len(files)}-{safe}" if any(file.filename == safe for file in files) else safe
