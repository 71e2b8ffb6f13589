"""What arrives in one chat is handled in order, different chats side by side."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[None]]

MOST = 2_000
"""Jobs that may wait; then nothing more is taken in."""


class Lanes:
    """A lane for each chat in which something is going on."""

    def __init__(self) -> None:
        self._lanes: dict[object, deque[Job]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._count = 0
        self._changed = asyncio.Event()

    def put(self, lane: object, job: Job) -> None:
        """Has a job done after those before it in its lane."""
        self._count += 1
        if (waiting := self._lanes.get(lane)) is not None:
            waiting.append(job)
            return
        self._lanes[lane] = deque([job])
        task = asyncio.create_task(self._serve(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self, seconds: float) -> bool:
        """Waits until everything is done, at most so long; whether it is."""
        return await self._until(lambda: not self._count, seconds)

    async def room(self) -> None:
        """Waits until more may be taken in."""
        await self._until(lambda: self._count < MOST, None)

    async def close(self, seconds: float) -> None:
        """Finishes what is going on, for so long at most; then gives it up."""
        await self.settle(seconds)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _until(self, met: Callable[[], bool], seconds: float | None) -> bool:
        try:
            async with asyncio.timeout(seconds):
                while not met():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True

    async def _serve(self, lane: object) -> None:
        waiting = self._lanes[lane]
        try:
            while waiting:
                try:
                    await waiting[0]()
                except Exception:
                    log.exception("an update could not be handled")
                finally:
                    waiting.popleft()
                    self._count -= 1
                    self._changed.set()
        finally:
            self._count -= len(waiting)
            del self._lanes[lane]
