"""What the README shows, made from the program itself: the table of commands, the figures, the transcript.

`python -m tests.readme` writes them into README.md.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bot.ask import Role
from bot.commands import COMMANDS
from bot.roadmap.writer.stats import LEVELS, told
from tests.world import SHIPPED

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
WHO = {Role.MEMBER: "all", Role.ADMIN: "group admins", Role.OWNER: "owners"}
SAID = ("/explain cap theorem short", "/done cap theorem", "/next")


def table() -> str:
    """The commands as a Markdown table."""
    rows = [
        f"| `{one.usage}` | {WHO[one.role]}{' · private' if one.private else ''} | {one.summary} |"
        for one in COMMANDS
        if not one.hidden
    ]
    return "\n".join(["| command | who · privacy | what it does |", "|---|---|---|", *rows])


def figures() -> str:
    """What `cairn content stats` counts, by section."""
    counted = json.loads(told(SHIPPED, as_json=True))
    rows = [_row(one["title"], one["total"]) for one in counted["sections"]]
    levels = ", ".join(f"{counted['projects'][level]} {level}" for level in LEVELS)
    return "\n".join(
        [
            "| section | topics | words | questions |",
            "|---|---|---|---|",
            *rows,
            _row("**all, each once**", counted["total"]),
            "",
            f"{sum(counted['projects'].values())} projects: {levels}.",
        ]
    )


def _row(name: str, total: dict[str, int]) -> str:
    return f"| {name} | {total['topics']} | {total['words']:,} | {total['questions']} |"


def transcript() -> str:
    """What the terminal shows for SAID, each line before its answer."""
    shown = []
    with tempfile.TemporaryDirectory() as folder:
        for line in SAID:
            run = subprocess.run(
                [sys.executable, "-m", "bot", "chat", "--db", f"sqlite:///{folder}/cairn.db"],
                input=f"{line}\n", capture_output=True, text=True, check=True, cwd=ROOT,
            )  # fmt: skip
            shown.append(f"> {line}\n\n{run.stdout.strip()}")
    return "```text\n" + "\n\n".join(shown) + "\n```"


def filled(text: str, name: str, made: str) -> str:
    """The README with what stands between two marks put anew."""
    before, start, rest = text.partition(f"<!-- {name} -->\n")
    _old, end, after = rest.partition(f"\n<!-- /{name} -->")
    assert start, f"README.md has no mark {name}"
    assert end, f"README.md has no end of {name}"
    return before + start + made + end + after


if __name__ == "__main__":
    text = filled(README.read_text(), "commands", table())
    text = filled(text, "figures", figures())
    README.write_text(filled(text, "transcript", transcript()))
