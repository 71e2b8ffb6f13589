"""What a button carries: the line it says, a page of that line's answer, or the words it still wants."""

import base64
import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass

from adapters.discord.memory import Memory
from adapters.discord.pages import units

LONGEST = 100
"""Discord: characters of a `custom_id`, and of a select menu's value."""

DAYS = 180
"""For so long an over-long line is remembered."""

_MARK = 5
"""Room for the mark that keeps two buttons of one message apart."""

_KNOWN = 2_000
_COPY = re.compile(r"~\d{1,3} ")
_PAGE = re.compile(r"#(\d{1,3}) ")
_FORM = re.compile(r"\?([\w,-]+) (?=/)")


@dataclass(frozen=True, slots=True)
class Data:
    """A line, the page of its answer (from 1; 0: none was asked for), the words still wanted."""

    line: str
    page: int = 0
    fill: tuple[str, ...] = ()

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
        self._known: OrderedDict[str, None] = OrderedDict()

    async def short(self, text: str) -> str:
        """The data itself where it fits, else its handle."""
        if units(text) <= LONGEST - _MARK and text[:1] not in "=~":
            return text
        handle = "=" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:15]).decode()
        if handle not in self._known:
            await self._memory.put("line", handle, text, DAYS)
            self._known[handle] = None
            if len(self._known) > _KNOWN:
                self._known.popitem(last=False)
        return handle

    async def long(self, text: str) -> str | None:
        """What a button's data stands for; None where that is forgotten."""
        if found := _COPY.match(text):
            text = text[found.end() :]
        return await self._memory.get("line", text) if text.startswith("=") else text
