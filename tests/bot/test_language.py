"""A language is one catalogue: every sentence is marked, and a reply comes in it."""

import asyncio
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from bot import language
from bot.ask import Account, Ask, Place
from tests.world import World, words

ROOT = Path(__file__).parents[2]


def test_the_sentences_of_commands_are_marked() -> None:
    keywords = {"_": None, "plural": (1, 2), "mark": None}
    found = extract_from_dir(ROOT / "bot", [("**.py", "python")], keywords=keywords)
    texts = {text for _file, _line, text, _comments, _context in found if isinstance(text, str)}
    assert "Streak: {days} days" in texts
    assert "Marks a topic as done" in texts
    assert len(texts) > 80


def test_a_reply_comes_in_the_askers_language(quick: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("There is nothing to take back.", "Es gibt nichts zurückzunehmen.")
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "cairn.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    ask = Ask("/undo", Account("console", "me"), Place("console"), quick.now, language="de-AT")
    assert words(asyncio.run(quick.engine.answer(ask))) == "Es gibt nichts zurückzunehmen."
    assert words(quick.say("/undo")) == "There is nothing to take back."
