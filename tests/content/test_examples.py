"""Every example on every page: it runs, or it parses."""

from pathlib import Path

import pytest

from bot.roadmap.writer.draft import Fence, read_drafts
from tests.content.judges import JUDGES
from tests.content.running import postgresql
from tests.postgres import Postgres

CONTENT = Path(__file__).parents[2] / "content"
SERVED = "sql postgresql"

DRAFTS = [*read_drafts(CONTENT), *read_drafts(CONTENT, "projects")]
EXAMPLES = [pytest.param(fence, id=f"{draft.path}:{fence.number}") for draft in DRAFTS for fence in draft.fences]


@pytest.mark.parametrize("fence", EXAMPLES)
def test_an_example_runs_or_parses(fence: Fence, request: pytest.FixtureRequest) -> None:
    """An SQL block of a project brief asks the reader's own tables, which are not there to be asked."""
    if fence.info == SERVED:
        server: Postgres = request.getfixturevalue("postgres")
        told = postgresql(fence.text, server.fresh())
    else:
        told = "" if fence.info == "text" else JUDGES[fence.info](fence.text)
    theirs = "projects/" in request.node.name and "no such table" in told
    assert theirs or not told
