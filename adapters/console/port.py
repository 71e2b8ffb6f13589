"""The terminal as a platform: it serves a script, a pipe of plain lines, or a person."""

import itertools
import os
from datetime import datetime
from pathlib import Path
from typing import Protocol

from adapters.console.arrive import Clock
from adapters.console.fields import PLATFORM
from adapters.console.folder import Folder
from adapters.console.script import Script, Suggest, Tick
from bot.ask import Account, Place
from bot.port import Answer, Sent
from bot.reply import Reply


class _Manner(Protocol):
    """One of the three ways to use a terminal."""

    async def run(self, answer: Answer) -> None:
        """Serves until the input ends."""

    async def show(self, place: Place, account: Account | None, reply: Reply) -> None:
        """Shows what is said from elsewhere."""


class Console:
    """Cairn in a terminal; a bot.port.Port.

    `json`: speak the protocol. `interactive`: a person sits at it, else lines come and plain text goes (None: whether
    input and output are terminals).
    `pictures`: where pictures and files are written (a temporary directory). `now`: where the clock stands (the wall
    clock). `tick`: called with the instant when a script says "tick"; what it sends is in that object's `sent`.
    `pipes`: the file descriptors of input and output, for a script or plain lines.
    """

    platform = PLATFORM
    rate = 0.0

    def __init__(
        self,
        suggest: Suggest,
        *,
        json: bool = False,
        interactive: bool | None = None,
        pictures: Path | None = None,
        now: datetime | None = None,
        tick: Tick | None = None,
        pipes: tuple[int, int] = (0, 1),
    ) -> None:
        self._folder = Folder(pictures)
        self._messages = itertools.count(1)
        person = all(map(os.isatty, pipes)) if interactive is None else interactive
        self._manner = _manner(suggest, json, person, Clock(now), self._folder, tick, pipes)

    async def run(self, answer: Answer) -> None:
        """Serves until the end of input."""
        try:
            await self._manner.run(answer)
        finally:
            self._folder.close()

    async def send(self, place: Place, account: Account | None, reply: Reply, key: str = "") -> Sent:
        """Shows a reply that nobody asked for here; a terminal has nothing to edit."""
        if not reply.edits:
            await self._manner.show(place, account, reply)
        return Sent(place, str(next(self._messages)))


def _manner(
    suggest: Suggest,
    json: bool,
    person: bool,
    clock: Clock,
    folder: Folder,
    tick: Tick | None,
    pipes: tuple[int, int],
) -> _Manner:
    """Imports only what its own manner needs: a script starts without what draws on a terminal."""
    if json:
        return Script(suggest, tick, clock, folder, pipes)
    if person:
        from adapters.console.talk import Talk

        return Talk(suggest, clock, folder)
    from adapters.console.plain import Plain

    return Plain(clock, folder, pipes)
