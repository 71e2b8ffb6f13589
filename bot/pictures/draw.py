"""From a drawing's SVG source to a PNG: made in a worker process, because the renderer holds the interpreter's lock."""

import asyncio
import logging
import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import resources

log = logging.getLogger(__name__)

FAMILY = "Roboto"
"""The font that comes with Cairn, the same on every machine; a drawing names it, or leaves the family out."""

PATIENCE = 30.0
"""Seconds after which a drawing is given up."""


def png(svg: str) -> bytes:
    """The drawing as a PNG. Raises ValueError where the source is no SVG."""
    from resvg_py import svg_to_bytes

    files = resources.files("fontpkg_roboto") / "files"
    return svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[str(file) for file in files.iterdir() if file.name.endswith(".ttf")],
        font_family=FAMILY,
        serif_family=FAMILY,
        sans_serif_family=FAMILY,
        monospace_family=FAMILY,
    )


class Drawer:
    """A worker process that draws, started with the first drawing."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def png(self, svg: str) -> bytes | None:
        """The drawing as a PNG; None where it could not be drawn, so that its words are shown instead."""
        pool = self._pool = self._pool or _started()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(pool.submit(png, svg)), PATIENCE)
        except (BrokenProcessPool, TimeoutError) as error:
            log.error("the drawing process failed: %r", error)
            self.close()
        except Exception as error:
            log.error("a picture could not be drawn: %s", error)
        return None

    def close(self) -> None:
        """Ends the process; the next drawing starts another one."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


def _started() -> ProcessPoolExecutor:
    """Spawned, not forked: our own process has threads. Ctrl-C is meant for Cairn, which ends the worker itself."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
