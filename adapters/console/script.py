"""The JSON protocol: one input line, one JSON object, whatever the line holds."""

import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from adapters.console.arrive import Clock, Order, Want, read
from adapters.console.as_json import Json, output, reply_json
from adapters.console.fields import BadLine, write_place
from adapters.console.folder import Folder
from adapters.console.lines import lines, write
from bot.ask import Account, Ask, Place
from bot.kinds import Choice
from bot.port import Answer
from bot.reply import Reply

log = logging.getLogger(__name__)

Suggest = Callable[[Ask], Awaitable[Sequence[Choice]]]
"""Completions of the last word of an ask's text, best first."""

Tick = Callable[[datetime], Awaitable[None]]
"""Plans and delivers all that is due at an instant; what it says arrives through `send`."""

MOST = 25
"""Suggestions in one object."""


class Script:
    """Serves a script over two file descriptors."""

    def __init__(
        self, suggest: Suggest, tick: Tick | None, clock: Clock, folder: Folder, pipes: tuple[int, int]
    ) -> None:
        self._suggest = suggest
        self._tick = tick
        self._clock = clock
        self._folder = folder
        self._source, self._target = pipes
        self._sent: list[Json] = []

    async def run(self, answer: Answer) -> None:
        """Answers line by line until the input ends, or nobody reads any more."""
        async for line in lines(self._source):
            made = json.dumps(await self._output(line, answer))
            if not write(self._target, made + "\n"):
                return

    async def show(self, place: Place, account: Account | None, reply: Reply) -> None:
        """Keeps what is said from elsewhere for the object of the tick."""
        said = await reply_json(reply, self._folder)
        self._sent.append({"place": write_place(place), "to": account.id if account else None, "reply": said})

    async def _output(self, line: bytes, answer: Answer) -> Json:
        try:
            return await self._done(read(line, self._clock), answer)
        except BadLine as error:
            return output(error=str(error))
        except Exception:
            log.exception("an input line failed")
            return output(error="Something went wrong here; it has been noted.")

    async def _done(self, order: Order, answer: Answer) -> Json:
        match order.want:
            case Want.ANSWER | Want.EVENT:
                reply = await answer(order.ask)
                return output(await reply_json(reply, self._folder) if reply else None)
            case Want.SUGGEST:
                choices = await self._suggest(order.ask)
                return output(suggestions=[{"label": one.label, "value": one.value} for one in choices[:MOST]])
            case Want.TICK:
                if self._tick:
                    await self._tick(order.ask.now)
                sent, self._sent = self._sent, []
                return output(sent=sent)
