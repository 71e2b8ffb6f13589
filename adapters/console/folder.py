"""Where pictures and files of replies are written: under names that can do no harm, and never over another file."""

import itertools
import logging
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.reply import File, Picture

if TYPE_CHECKING:
    from bot.pictures.draw import Drawer

log = logging.getLogger(__name__)

_UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST = 80


class Folder:
    """A directory for pictures and files; without a path a temporary one, made when it is first needed."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._drawn = itertools.count(1)
        self._drawer: Drawer | None = None

    async def picture(self, picture: Picture) -> Path | None:
        """Draws a picture; None where that failed, and its words must do."""
        from bot.pictures.draw import Drawer

        self._drawer = self._drawer or Drawer()
        png = await self._drawer.png(picture.svg)
        if png is None:
            return None
        stem = _safe(picture.name.removesuffix(".png"), "picture")
        return self._write((f"{stem}-{number}.png" for number in self._drawn), png)

    def file(self, file: File) -> Path | None:
        """Writes a file; None where that failed."""
        name = Path(_safe(file.name, "file"))
        others = (f"{name.stem}-{number}{name.suffix}" for number in itertools.count(2))
        return self._write(itertools.chain([str(name)], others), file.data)

    def close(self) -> None:
        """Ends what draws."""
        if self._drawer is not None:
            self._drawer.close()

    def _write(self, names: Iterable[str], data: bytes) -> Path | None:
        """Writes under the first name that is still free."""
        try:
            folder = self._made()
            for name in names:
                try:
                    with (folder / name).open("xb") as file:
                        file.write(data)
                except FileExistsError:
                    continue
                return folder / name
        except OSError as error:
            log.error("nothing can be written for a reply: %s", error)
        return None

    def _made(self) -> Path:
        if self._path is None:
            self._path = Path(tempfile.mkdtemp(prefix="cairn-"))
        self._path.mkdir(parents=True, exist_ok=True)
        return self._path


def _safe(name: str, other: str) -> str:
    """A name without folders, blanks or signs that mean something to a shell."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return _UNSAFE.sub("-", last)[-_LONGEST:].strip("-.") or other
