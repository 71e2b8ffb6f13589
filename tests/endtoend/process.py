"""`cairn run` as a process of its own, pointed at local servers."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def cairn_run(folder: Path, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The program with these settings and its database in `folder`; killed at the end, if it still runs."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CAIRN_")}
    environment |= {"CAIRN_DATABASE_URL": f"sqlite:///{folder / 'cairn.db'}", **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(process: asyncio.subprocess.Process, number: signal.Signals) -> tuple[int, str]:
    """Sends a signal; the exit code and what stood on standard error."""
    process.send_signal(number)
    _out, err = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode is not None
    return process.returncode, err.decode()
