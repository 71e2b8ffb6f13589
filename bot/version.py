"""Which Cairn this is: of an installed package by its metadata, in a checkout by `pyproject.toml`."""

import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path


@cache
def version() -> str:
    """The version, such as 0.1.0."""
    checkout = Path(__file__).parent.parent / "pyproject.toml"
    if checkout.is_file():
        return str(tomllib.loads(checkout.read_text())["project"]["version"])
    return metadata.version("cairn")
