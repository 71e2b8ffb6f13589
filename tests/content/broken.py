"""The sample's files, each changed so that it breaks one rule of `cairn content check`."""

from dataclasses import dataclass

from bot.roadmap.writer import blocks, briefs, form, origins, questions, room, wording
from bot.roadmap.writer.check import Rule
from tests.content.sample import BRIEF, PAGE

REGISTRY = "https://" + "pypi" + ".org/project/heartbeat/"
LONG_LINE = f"print({'1 + ' * 14}1)"
FIRST = "A heartbeat is a small message"
STEADY = f"{FIRST} sent at a steady pace."
BLOCK = '```python\nseen = {"a": 10, "b": 4}\nprint([name for name, at in seen.items() if 12 - at > 5])\n```'
TABLE = "| Period | Verdict |\n|---|---|\n| 1 s | after 5 s |"
DIVER = (
    "A diver pulls twice on a rope each minute. If the pull stays away, the crew begins to haul. The picture ends where"
    " a rope can tangle: silence does not prove that the diver is in trouble."
)
SOURCE = '  - {title: "An article", url: "https://example.org/article", kind: article}\n'
QUESTION = """\
  - ask: "All signals of a rack stop in the same instant. What is the likely cause?"
    options: ["Every disk broke", "Their switch failed", "Each clock went wrong"]
    right: 1
    because: "What fails together usually shares something. A switch is shared."
"""
COMMANDS = "```bash\ncurl -s -X POST localhost:8000/beats -d web-1\n```"


@dataclass(frozen=True)
class Broken:
    """A file with some places changed: then `rule` alone finds `text` on the line where `at` stands first."""

    rule: Rule
    edits: tuple[tuple[str, str], ...]
    at: str
    text: str
    path: str = PAGE


def broken(rule: Rule, old: str, new: str, at: str, text: str, path: str = PAGE) -> Broken:
    """A file with one place changed."""
    return Broken(rule, ((old, new),), at, text, path)


FORM = [
    broken(
        form.unwritten, "- Silence", "<!-- write: a line -->\n- Silence", "<!-- write", "is still to be written; rep"
    ),
    broken(form.headings, "## Choosing", "## Choices", "## Choices", "'Choices' is no section here; write exactly"),
    broken(
        form.headings,
        "cost. More about",
        "cost.\n\n### More\n\nMore about",
        "### More",
        "'More' is a heading of level 3",
    ),
    broken(form.headings, "## Pitfalls", "## Choosing", "## Remember", "the section 'Pitfalls' is missing; write"),
    broken(form.headings, "## Hints", "## Tips", "## Tips", "'Tips' is no section here", BRIEF),
    Broken(
        form.order,
        (("## Choosing", "## Choose"), ("## Pitfalls", "## Choosing"), ("## Choose\n", "## Pitfalls\n")),
        "## Choosing",
        "'Choosing' stands after 'Pitfalls'; put it before",
    ),
    Broken(
        form.filled,
        ((f"{DIVER}\n\n", ""), ("1. The sender writes", f"{DIVER}\n\n1. The sender writes")),
        "## In plain words",
        "'In plain words' is empty; write it",
    ),
    broken(form.length, DIVER, "Look.", FIRST, "the page has 140 words; write 150 at least"),
    broken(form.length, "Take it where", "Take it, " * 150 + "where", FIRST, "the page has 474 words; cut it to 450"),
    broken(form.opening, STEADY, f"{STEADY}\n\nOne more.", FIRST, "the one breath is no single paragraph; write"),
    broken(form.opening, "the sender for dead.", "the sender for dead", FIRST, "the one breath does not end like a"),
    broken(form.practice, BLOCK, "Look at it.", "Look at it.", "'In practice' shows nothing to run or read; add"),
    broken(form.remember, "- Check the part", "Check the part", "- Silence", "'Remember' is no plain list; begin"),
    broken(form.remember, "- Several missed ones, never a single one.\n", "", "- Silence", "'Remember' has 2 lines; w"),
    broken(form.asked, "  - message that only says i am alive\n", "", "asks:", "asks: has 2 entries; write 3 at least"),
    broken(
        briefs.must, "- A name that is no word answers `422`.\n", "", "`POST /beats`", "'What it must do' has 4", BRIEF
    ),
    broken(briefs.done, COMMANDS, "Look at it.", "Look at it.", "'How to know that it is done' shows no", BRIEF),
]

ROOM = [
    broken(
        room.fits,
        "seen = {",
        55 * "x = 1  # as wide as a line of a page may be, to fill room\n" + "seen = {",
        FIRST,
        "the no",
    ),
]

QUESTIONS = [
    broken(questions.enough, QUESTION, "", "quiz:", "quiz: has 3 entries; write 4 at least"),
    broken(questions.because, "outlast the", "outlast. Why? The", "The verdict must", "because has 3 sentences; write"),
    broken(questions.because, "that are normal.", "that are normal", "The verdict must", "because has 0 sentences"),
    broken(questions.catch_all, "It is sent too often", "None of these", "None of these", "'None of these' stands for"),
    broken(questions.twins, "Each clock went wrong", "every disk broke.", "every disk", "'every disk broke.' says the"),
    broken(
        questions.alike, "A longer message", "A longer message that carries more of the state", "A longer", "the opt"
    ),
    Broken(
        questions.longest,
        (
            ("Sign each signal with a private key", "Sign each of the signals"),
            ("Their switch failed", "The switch they share failed"),
            ("A random offset", "A random offset for each"),
        ),
        "quiz:",
        "the right option is the longest in 4 of 4 questions; lengthen wrong ones",
    ),
    Broken(
        questions.places,
        (('right: 1\n    because: "What', 'right: 0\n    because: "What'), ("right: 2", "right: 0")),
        "quiz:",
        "the right option always has the place 0; spread the right ones",
    ),
]

SOURCES = [
    broken(origins.enough, SOURCE, "", "sources:", "sources: has 2 entries; write 3 at least"),
    broken(origins.distinct, "org/article", "org/paper/", "An article", "https://example.org/paper/ is the address of"),
    broken(origins.primary, 'manual", kind: official', 'manual", kind: book', "Manual of", "the first source is of k"),
    broken(origins.registries, "https://example.org/article", REGISTRY, "An article", f"{REGISTRY} is a package reg"),
    broken(origins.own, "A diver pulls", "As roadmap.sh has it, a diver pulls", "a diver", "names roadmap.sh; say it"),
]

BLOCKS = [
    broken(blocks.languages, "```python", "```", "```", "the block names no language; write it behind"),
    broken(blocks.languages, "```python", "```cobol", "```cobol", "nothing here can judge 'cobol'; take one of bash,"),
    broken(
        blocks.closed, "stands in [the", "stands:\n\n    a = 1\n\nand in [the", "a = 1", "is code by its indent only"
    ),
    broken(blocks.closed, COMMANDS, COMMANDS.removesuffix("```"), "```bash", "the block has no end; close it", BRIEF),
    broken(blocks.width, "seen = {", f"{LONG_LINE}\nseen = {{", LONG_LINE, "the line has 64 columns; break it at 60"),
    broken(blocks.tables, "| after 5 s |", f"| {'after ' * 9}|", "after after", "the cell 'after after after af'… has"),
    broken(
        blocks.tables, TABLE, "| a | b | c | d | e |\n|---|---|---|---|---|", "| a |", "the table has 5 columns; keep"
    ),
    broken(
        blocks.links, "(https://example.org/manual", "(http://example.org/manual", "[the manual]", "the link to http:"
    ),
    broken(blocks.links, "[the manual]", "![the manual]", "[the manual]", "a picture does not reach every platform;"),
    broken(blocks.html, "Silence is a hint", "<b>Silence</b> is a hint", "<b>", "'<b>' is HTML; write Markdown, or"),
    broken(blocks.html, TABLE, "<table>\n</table>", "<table>", "'<table>"),
]

WORDING = [
    broken(wording.filler, "Take it where", "Needless to say: where", "Needless", "'Needless to say' says nothing;"),
    broken(wording.filler, "the same reports make", "of course they make", "of course", "'of course' says nothing;"),
    broken(
        wording.spelling, "crew begins", "crew beginns", "beginns", "'beginns' is in no word list; write begins, put"
    ),
    broken(
        wording.spelling, "Spread over", "Spraed over", "Spraed", "'Spraed' is in no word list; write spread, put it"
    ),
    broken(wording.spelling, "machine reports", "machine reprots", "reprots", "'reprots' is in no word list", BRIEF),
]

SHOWN = [*FORM, *ROOM, *QUESTIONS, *SOURCES, *BLOCKS, *WORDING]
