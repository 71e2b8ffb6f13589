"""What a button carries: the line it says, a page of that line's answer, or the words it still wants."""

import base64
import hashlib
import re
from dataclasses import dataclass, replace

from adapters.telegram.spot import PLATFORM
from bot.ask import Account
from bot.keep import Memory

LONGEST = 64
"""Telegram: bytes of a button's data."""

DAYS = 90
"""For so long an over-long line is remembered."""

_PAGE = re.compile(r"#(\d{1,3}) ")
_FORM = re.compile(r"\?([\w,-]+) (?=/)")


@dataclass(frozen=True, slots=True)
class Data:
    """A line, the page of its answer (from 1; 0: none was asked for), the words still wanted, whose words it holds."""

    line: str
    page: int = 0
    fill: tuple[str, ...] = ()
    about: Account | None = None

    def written(self) -> str:
        """As it stands in a button, if it is short enough."""
        if self.fill:
            return f"?{','.join(self.fill)} {self.line}"
        return f"#{self.page} {self.line}" if self.page else self.line


def read(text: str) -> Data:
    """What a button's data says; a forged one says no more than a line that could be typed."""
    if found := _FORM.match(text):
        return Data(text[found.end() :], fill=tuple(found.group(1).split(",")))
    if found := _PAGE.match(text):
        return Data(text[found.end() :], page=int(found.group(1)))
    return Data(text)


class Handles:
    """Short names of long data."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def short(self, text: str, about: Account | None = None) -> str:
        """The data itself where it fits, else its handle. `about`: whose words it may hold; each has handles of their
        own, so that they go with them."""
        if len(text.encode()) <= LONGEST and not text.startswith("="):
            return text
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:15]).decode()
        handle = f"={about.id if about else ''}.{digest}"
        await self._memory.put("line", handle, text, DAYS, about)
        return handle

    async def long(self, text: str) -> Data | None:
        """What a button's data says; None where what it stands for is forgotten."""
        if not text.startswith("="):
            return read(text) if text else None
        whose, named, _ = text[1:].partition(".")
        kept = await self._memory.get("line", text)
        return replace(read(kept), about=Account(PLATFORM, whose) if named and whose else None) if kept else None
