"""`cairn content …`: what a writer may ask for, and the exit codes."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str], folder: Path) -> int:
    """Runs one of the tools on a content folder; 0 all is well, 1 something is to be mended, 2 wrongly asked."""
    parser = _parser()
    try:
        given = parser.parse_args(arguments)
        folder = getattr(given, "folder", None) or folder
        if not folder.is_dir():
            parser.error(f"{folder} is no folder; name one that holds roadmaps/ and topics/")
    except SystemExit as end:
        return int(end.code or 0)
    return _run(given, folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("cairn content", description="Tools for whoever writes pages.")
    tools = parser.add_subparsers(dest="tool", required=True)
    check = tools.add_parser("check", help="name every fault, with its line and the mend")
    check.add_argument("folder", metavar="DIR", nargs="?", type=Path, help="another content folder")
    stats = tools.add_parser("stats", help="words, questions and sources by topic and section")
    stats.add_argument("--json", action="store_true", help="as one JSON object")
    new = tools.add_parser("new", help="write an empty page that says what goes where")
    new.add_argument("id", help="the topic's id, such as sharding-strategies")
    new.add_argument("--area", help="the folder below topics/ (default: the section that holds the topic)")
    preview = tools.add_parser("preview", help="show a card in its three depths, with its lengths")
    preview.add_argument("id", help="the topic's id")
    return parser


def _run(given: argparse.Namespace, folder: Path) -> int:
    match given.tool:
        case "check":
            return _check(folder)
        case "stats":
            from bot.roadmap.writer import stats

            return _say(stats.told(folder, as_json=given.json))
        case "new":
            return _new(given.id, given.area, folder)
        case _:
            return _preview(given.id, folder)


def _check(folder: Path) -> int:
    from bot.roadmap.writer.check import check

    report = check(folder)
    if report.faults:
        return _say("\n".join(map(str, report.faults)), 1)
    counts = f"topics {report.topics}, complete {report.complete}, projects {report.projects}"
    return _say(f"All is well: {counts}, faults 0.")


def _new(topic: str, area: str | None, folder: Path) -> int:
    from bot.roadmap.writer.new import Refused, create

    try:
        path = create(folder, topic, area)
    except Refused as error:
        return _say(str(error), 1)
    return _say(f"{path} is there to be written; `cairn content check` names what is missing.")


def _preview(topic: str, folder: Path) -> int:
    from bot.roadmap.compile import compile_content
    from bot.roadmap.writer import preview

    found = compile_content(folder)[0].topics.get(topic)
    if found is None:
        return _say(f"{topic} is no topic here; name the id of a page, or mend its faults first", 1)
    return _say(preview.told(found))


def _say(text: str, code: int = 0) -> int:
    sys.stdout.write(f"{text}\n")
    return code
