"""What the tz database says of a zone, as a mark that changes with its rules."""

import hashlib
import zoneinfo
from importlib import resources
from pathlib import Path


def rules(zone: str) -> str:
    """A mark of the file that zoneinfo reads for a zone: the system's, else the one of the package tzdata."""
    for folder in zoneinfo.TZPATH:
        file = Path(folder, zone)
        if file.is_file():
            return _mark(file.read_bytes())
    package = ".".join(["tzdata.zoneinfo", *zone.split("/")[:-1]])
    return _mark(resources.files(package).joinpath(zone.rpartition("/")[2]).read_bytes())


def _mark(rules_: bytes) -> str:
    return hashlib.sha256(rules_).hexdigest()[:32]
