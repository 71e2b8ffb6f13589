"""What a button carries: the line it says, a page of that line's answer, or the words it still wants."""

import base64
import hashlib
import re
from dataclasses import dataclass, replace

from adapters.discord.pages import units
from adapters.discord.spot import PLATFORM
from bot.ask import Account
from bot.keep import Memory

LONGEST = 100
"""Discord: characters of a `custom_id`, and of a select menu's value."""

DAYS = 180
"""For so long an over-long line is remembered."""

_MARK = 5
"""Room for the mark that keeps two buttons of one message apart."""

_COPY = re.compile(r"~\d{1,3} ")
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


def apart(text: str, used: set[str]) -> str:
    """The data with a mark where the same stands in the message already; it is taken note of in `used`."""
    made, copy = text, 0
    while made in used:
        copy += 1
        made = f"~{copy} {text}"
    used.add(made)
    return made


class Handles:
    """Short names of long data."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def short(self, text: str, about: Account | None = None) -> str:
        """The data itself where it fits, else its handle. `about`: whose words it may hold; each has handles of their
        own, so that they go with them."""
        if units(text) <= LONGEST - _MARK and text[:1] not in "=~":
            return text
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:15]).decode()
        handle = f"={about.id if about else ''}.{digest}"
        await self._memory.put("line", handle, text, DAYS, about)
        return handle

    async def long(self, text: str) -> Data | None:
        """What a button's data says; None where what it stands for is forgotten."""
        if found := _COPY.match(text):
            text = text[found.end() :]
        if not text.startswith("="):
            return read(text) if text else None
        whose, named, _ = text[1:].partition(".")
        kept = await self._memory.get("line", text)
        return replace(read(kept), about=Account(PLATFORM, whose) if named and whose else None) if kept else None
