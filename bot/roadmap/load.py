"""Loading a content folder: files -> checked data, every fault at once; kept ready-made until a file changes."""

import contextlib
import hashlib
from pathlib import Path

import msgspec

from bot.roadmap.faults import ContentError, Fault
from bot.roadmap.model import Content

OURS = Path(__file__).parent
"""What makes content of the files, word lists included: a new version makes it anew."""


class _Kept(msgspec.Struct):
    """Content as it was last compiled, and the fingerprint of the files it came from."""

    fingerprint: str
    content: Content


def load(folder: Path, cache: Path | None = None) -> Content:
    """The content of a folder; raises ContentError with all faults. `cache`: a folder for the ready-made form."""
    if cache is None:
        return _compiled(folder)
    fingerprint = _fingerprint(folder)
    kept = cache / f"content-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}.bin"
    found = _kept(kept)
    if found is not None and found.fingerprint == fingerprint:
        return found.content
    content = _compiled(folder)
    _keep(kept, _Kept(fingerprint, content))
    return content


def _compiled(folder: Path) -> Content:
    from bot.roadmap.compile import compile_content

    if not folder.is_dir():
        raise ContentError(folder, [Fault(str(folder), 1, "is no folder; name one that holds roadmaps/ and topics/")])
    content, faults = compile_content(folder)
    if faults:
        raise ContentError(folder, faults)
    return content


def _fingerprint(folder: Path) -> str:
    """Changes when a file, or what reads it, is added, removed or written."""
    digest = hashlib.sha256()
    for file in (*sorted(folder.rglob("*.*")), *sorted(OURS.rglob("*.*"))):
        if file.suffix in (".md", ".yaml", ".txt", ".py"):
            state = file.stat()
            digest.update(f"{file}\0{state.st_size}\0{state.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _kept(file: Path) -> _Kept | None:
    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=_Kept)
    except (OSError, msgspec.DecodeError):
        return None


def _keep(file: Path, made: _Kept) -> None:
    """Written beside and renamed, so that a reader never sees half of it; a cache that cannot be written is no loss."""
    import os

    beside = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(msgspec.msgpack.encode(made))
        beside.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
