"""What is installed and shipped: the locks against pyproject.toml, the make targets, the built wheel.

`python -m tests.test_packaging` prints what is wrong with the locks, for `make check`.
"""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
RUN_LOCK = ROOT / "requirements-run.lock"
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?P<rest>(?:.*\\\n)*.*)$", re.MULTILINE)


def _pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def _wanted() -> list[Requirement]:
    return [Requirement(line) for line in _pyproject()["project"]["dependencies"]]


def _wanted_dev() -> list[Requirement]:
    return [Requirement(line) for line in _pyproject()["project"]["optional-dependencies"]["dev"]]


def _pins(lock: str) -> dict[str, str]:
    return {match["name"]: match["version"] for match in PINNED.finditer(lock)}


def faults(lock: str, wanted: list[Requirement]) -> list[str]:
    """What is wrong with a lock: addresses in it, packages without a hash, packages missing or of another version."""
    found = [f"line {number}: an address" for number, line in enumerate(lock.splitlines(), 1) if "://" in line]
    pins = _pins(lock)
    found += [f"{match['name']}: no hash" for match in PINNED.finditer(lock) if "--hash=sha256:" not in match["rest"]]
    for requirement in wanted:
        version = pins.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            found.append(f"{requirement} is wanted, pinned is {version or 'nothing'}: make lock")
    return found


def all_faults() -> list[str]:
    """What is wrong with the two locks, each fault behind its file's name."""
    found = [f"{LOCK.name}: {fault}" for fault in faults(LOCK.read_text(), _wanted() + _wanted_dev())]
    return found + [f"{RUN_LOCK.name}: {fault}" for fault in faults(RUN_LOCK.read_text(), _wanted())]


def test_the_locks_have_no_faults() -> None:
    assert all_faults() == []


def test_the_program_runs_with_what_it_is_tested_with() -> None:
    assert _pins(RUN_LOCK.read_text()).items() <= _pins(LOCK.read_text()).items(), "make lock"


def test_what_only_the_tests_need_is_not_in_the_lock_to_run() -> None:
    names = {canonicalize_name(requirement.name) for requirement in _wanted_dev()}
    assert names & _pins(RUN_LOCK.read_text()).keys() == set()


@pytest.mark.parametrize(
    ("lock", "fault"),
    [
        ("rich==15.0 \\\n    --hash=sha256:00\n# from https://example.org\n", "line 3: an address"),
        ("rich==15.0\n", "rich: no hash"),
        ("rich==13.0 \\\n    --hash=sha256:00\n", "rich>=14 is wanted, pinned is 13.0: make lock"),
        ("", "rich>=14 is wanted, pinned is nothing: make lock"),
    ],
)
def test_a_fault_in_a_lock_is_found(lock: str, fault: str) -> None:
    assert fault in faults(lock, [Requirement("rich>=14")])


@pytest.mark.parametrize("lock", [LOCK, RUN_LOCK], ids=lambda path: path.name)
def test_a_lock_names_no_path_of_a_machine(lock: Path) -> None:
    assert re.findall(r"(?:^|\s)/\S+|file:", lock.read_text()) == []


@pytest.mark.parametrize("name", ["README.md", "LICENSE", ".ci/run"])
def test_a_file_people_look_for_exists(name: str) -> None:
    assert (ROOT / name).is_file()


def test_what_ci_runs_can_be_executed() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)


@pytest.mark.parametrize("target", ["setup", "chat", "run", "test", "check", "bench", "soak", "simulate", "lock"])
def test_make_has_the_target(target: str) -> None:
    assert re.search(rf"^{target}:.* ## \w", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(build, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_all_content(wheel: Path) -> None:
    shipped = set(zipfile.ZipFile(wheel).namelist())
    content = [path.relative_to(ROOT / "content") for path in (ROOT / "content").rglob("*") if path.is_file()]
    assert [path for path in content if f"bot/_content/{path.as_posix()}" not in shipped] == []


def test_the_wheel_holds_the_program_and_nothing_else(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert tops == packages | {f"cairn-{_pyproject()['project']['version']}.dist-info"}


def test_an_installed_cairn_finds_its_content(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    ask = "from bot.settings import shipped_content; print(shipped_content().resolve())"
    done = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == str((tmp_path / "bot/_content").resolve()), done.stderr


if __name__ == "__main__":
    sys.exit("\n".join(all_faults()) or 0)
