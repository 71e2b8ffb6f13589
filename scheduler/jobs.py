"""The handful of jobs that run by the clock; all that is due to learners and groups stands in tables."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.store.database import Unavailable
from scheduler.deliver import Delivery

log = logging.getLogger(__name__)

Work = Callable[[datetime], Awaitable[object]]
"""Something that is done at an instant."""


ENDING = 5.0
"""Seconds in which a job that is at work may end when Cairn stops."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is done over and over, beginning now. What fails is told in the log, and done again in its time."""

    name: str
    every: timedelta
    work: Work

    async def once(self) -> None:
        """Does it."""
        try:
            await self.work(datetime.now(UTC))
        except Unavailable as error:
            log.warning("%s: the database cannot be reached: %s", self.name, error)
        except Exception:
            log.exception("%s failed", self.name)


class Jobs:
    """Jobs by the clock, each at most once at a time."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it would tell of every look that found one at work
        self._working: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        for job in jobs:
            seconds = job.every.total_seconds()
            self._scheduler.add_job(
                self._do, "interval", (job,), seconds=seconds, id=job.name, next_run_time=datetime.now(UTC)
            )

    async def _do(self, job: Job) -> None:
        """Does a job as a task of its own, which ending the scheduler does not cut off."""
        task = asyncio.create_task(job.once())
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        await asyncio.wait([task])

    def start(self) -> None:
        """Begins."""
        self._scheduler.start()

    async def end(self) -> None:
        """Begins nothing more, and lets what is at work end."""
        self._scheduler.pause()
        if self._working:
            await asyncio.wait(self._working, timeout=ENDING)
        await asyncio.sleep(0)  # the scheduler hears of it, and has nothing to cut off
        self._scheduler.shutdown(wait=False)


async def run(delivery: Delivery, *jobs: Job) -> None:
    """Delivers and does the jobs until cancelled; what is in the air, or at work, is settled first."""
    clock = Jobs(jobs)
    clock.start()
    try:
        await delivery.run()
    finally:
        await clock.end()
