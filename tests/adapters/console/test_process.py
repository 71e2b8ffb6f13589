"""`cairn chat` as a process: what a script meets."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def chat(tmp_path: Path, little: Path) -> tuple[list[str], dict[str, str]]:
    """The command and its environment."""
    words = [
        sys.executable,
        "-m",
        "bot",
        "chat",
        "--db",
        f"sqlite:///{tmp_path / 'cairn.db'}",
        "--content",
        str(little),
    ]
    home = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    return words, os.environ | home


def test_lines_go_in_and_objects_come_out(chat: tuple[list[str], dict[str, str]]) -> None:
    words, environment = chat
    lines = b'/next\n\xff\n\n{"text": "/explain http", "as": "bob"}\n{"now'
    done = subprocess.run(
        [*words, "--json"], input=lines, capture_output=True, cwd=ROOT, env=environment, check=True, timeout=60
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.stderr == b""
    assert [one["error"] is None for one in found] == [True, False, True, True, False]
    assert found[0]["reply"]["about"] == ["internet"]
    assert found[3]["reply"]["about"] == ["http"]


def test_an_answer_comes_before_the_next_line_is_written(chat: tuple[list[str], dict[str, str]]) -> None:
    words, environment = chat
    with subprocess.Popen(
        [*words, "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(3):
            process.stdin.write("/next\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["reply"]["about"] == ["internet"]
        process.stdin.close()
        assert process.wait(30) == 0


def test_a_reader_that_goes_away_is_no_fault(chat: tuple[list[str], dict[str, str]]) -> None:
    words, environment = chat
    with subprocess.Popen(
        [*words, "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"/next\n/next\n")
        process.stdin.flush()  # and the input stays open
        assert process.wait(30) == 0
        assert process.stderr.read() == b""


def test_a_script_starts_without_what_draws_on_a_terminal(chat: tuple[list[str], dict[str, str]]) -> None:
    words, environment = chat
    look = "import sys; from bot.__main__ import main; code = main(sys.argv[1:]); print(*sys.modules); sys.exit(code)"
    done = subprocess.run(
        [sys.executable, "-c", look, *words[3:], "--json"],
        input=b"",
        capture_output=True,
        cwd=ROOT,
        env=environment,
        check=True,
        timeout=60,
    )
    loaded = {name.partition(".")[0] for name in done.stdout.decode().split()}
    assert "adapters" in loaded
    assert not loaded & {"rich", "prompt_toolkit", "resvg_py", "concurrent.futures.process"}


def test_plain_lines_give_plain_text(chat: tuple[list[str], dict[str, str]]) -> None:
    words, environment = chat
    done = subprocess.run(
        words, input=b"/explain http\n", capture_output=True, cwd=ROOT, env=environment, check=True, timeout=60
    )
    assert "State: locked" in done.stdout.decode().splitlines()
    assert b"\x1b" not in done.stdout
