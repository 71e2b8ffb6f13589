"""Each rule of `cairn content check`: a file that breaks it and nothing else, and the fault with its path and line."""

from pathlib import Path

import pytest

from bot.roadmap.faults import Fault
from bot.roadmap.writer import questions, whole
from bot.roadmap.writer.check import BRIEF_RULES, PAGE_RULES, TEXT_RULES, WHOLE_RULES, check
from bot.roadmap.writer.draft import Draft, read_drafts
from tests.content.broken import FIRST, SHOWN, STEADY, Broken
from tests.content.sample import OTHER, PAGE, copied, line_of, replace


@pytest.mark.parametrize("case", SHOWN, ids=lambda case: case.rule.__name__)
def test_a_broken_rule_is_named_with_path_and_line(case: Broken, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for old, new in case.edits:
        replace(folder, case.path, old, new)
    drafts = [*read_drafts(folder), *read_drafts(folder, "projects")]
    draft = next(draft for draft in drafts if draft.path == case.path)
    found = check(folder).faults
    assert found == sorted(set(case.rule(draft)))
    _assert_named(found, case.path, line_of(folder, case.path, case.at), case.text)


def _assert_named(found: list[Fault], path: str, line: int, text: str) -> None:
    assert [fault for fault in found if (fault.path, fault.line) == (path, line) and fault.text.startswith(text)], found


def test_a_question_asked_on_two_pages_is_named(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    replace(
        folder,
        PAGE,
        "All signals of a rack stop in the same instant. What is the likely cause?",
        "Clocks of two hosts differ by one minute. Which leases still behave?",
    )
    found = check(folder).faults
    assert found == list(whole.asked_twice(read_drafts(folder)))
    there = f"asks nearly what {PAGE}:{line_of(folder, PAGE, 'Clocks of')} asks; ask something else"
    _assert_named(found, OTHER, line_of(folder, OTHER, "Clocks of"), there)


def test_twelve_words_on_two_pages_are_named(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    run = "When nothing came for several periods, the sender counts as dead, and its work goes to somebody else."
    replace(folder, OTHER, "For exact mutual exclusion", f"{run} For exact mutual exclusion")
    found = check(folder).faults
    assert found == list(whole.shared_runs(_complete(folder)))
    there = f"'when nothing came for several periods the sender counts as dead and …' stands in {PAGE}:"
    _assert_named(found, OTHER, line_of(folder, OTHER, run), there)
    assert len(found) == 1


def test_eleven_words_may_stand_on_two_pages(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    run = "When nothing came for several periods, the sender counts as dead."
    replace(folder, OTHER, "For exact mutual exclusion", f"{run} For exact mutual exclusion")
    assert check(folder).faults == []


def test_over_all_pages_the_longest_option_gives_nothing_away(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    replace(folder, PAGE, "Sign each signal with a private key", "Sign each of the signals")
    replace(folder, PAGE, "A random offset", "A random offset for each")
    page = _complete(folder)[0]
    assert list(questions.longest(page)) == []
    assert list(whole.longest([page])) == []
    found = list(whole.longest([page] * 4))
    told = "over all pages the right option is the longest in 12 of 16 questions; lengthen wrong ones"
    _assert_named(found, PAGE, line_of(folder, PAGE, "quiz:"), told)


def test_over_all_pages_the_right_options_stand_in_no_favourite_place(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    page, other = _complete(folder)
    assert list(whole.places([page, other] * 4)) == []
    found = list(whole.places([page] * 20))
    told = "over all pages the right option has the place 3 in 0 of 40 questions; 10 would be fair: move some"
    _assert_named(found, PAGE, line_of(folder, PAGE, "quiz:"), told)


def test_every_rule_is_shown_broken() -> None:
    shown = {case.rule for case in SHOWN}
    assert shown == {*PAGE_RULES, *TEXT_RULES, *BRIEF_RULES}
    assert set(WHOLE_RULES) == {whole.asked_twice, whole.shared_runs, whole.longest, whole.places}


@pytest.mark.parametrize(
    ("old", "new", "at", "text"),
    [
        (STEADY, f"{FIRST}{' or so' * 40}.", FIRST, "the one breath has 340 characters; shorten it to 280"),
        ("All signals of a rack", "All signals" * 30, "All signals", "quiz[1].ask: has"),
        (
            "Every disk broke",
            "Every disk broke" * 8,
            "Every disk",
            "quiz[1].options[0]: has 128 characters; shorten it to 100",
        ),
        ("What fails together", "What fails together" * 20, "What fails", "quiz[1].because: has"),
        (', "Each clock went wrong"', "", "Every disk", "quiz[1].options: has 2 entries; write 3 at least"),
        ("right: 1", "right: 3", "right: 3", "right is 3, but the options end at 2; count from 0"),
        ("https://example.org/paper", "http://example.org/paper", "A paper", "sources[1].url: is no https address"),
    ],
)
def test_the_limits_of_the_platforms_are_the_loader_s(tmp_path: Path, old: str, new: str, at: str, text: str) -> None:
    folder = copied(tmp_path)
    replace(folder, PAGE, old, new)
    _assert_named(check(folder).faults, PAGE, line_of(folder, PAGE, at), text)


def test_a_short_page_is_left_to_the_loader(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    replace(folder, "topics/scale/quorum.md", "decide apart.", "decide apartt")
    report = check(folder)
    assert (report.faults, report.topics, report.complete, report.projects) == ([], 3, 2, 1)


def _complete(folder: Path) -> list[Draft]:
    return [draft for draft in read_drafts(folder) if draft.page.parts]
