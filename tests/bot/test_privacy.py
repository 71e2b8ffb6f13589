"""What is declared about people is all there is: /privacy lists it, /export holds it and nothing of anybody else."""

import gzip
import json
from typing import Any

import pytest
from sqlalchemy import select

from bot.commands import privacy
from bot.reply import File
from bot.store import tables
from bot.store.owned import kinds, mentions, personal
from bot.store.tables import metadata
from tests import export_schema
from tests.bot import traces
from tests.world import World, buttons, words

NAMES_AN_ACCOUNT = {"account", "external_id", "user", "person"}


def test_every_table_declares_what_it_holds() -> None:
    assert [table.name for table in metadata.sorted_tables if "about" not in table.info] == []


def test_what_refers_to_a_learner_or_names_an_account_is_about_people() -> None:
    people, columns = {tables.learner}, set()
    for table in metadata.sorted_tables:  # those that are referred to come first
        named = {key.parent for key in table.foreign_keys if key.column.table in people and key.ondelete == "SET NULL"}
        owned = any(key.column.table in people and key.parent not in named for key in table.foreign_keys)
        if owned or NAMES_AN_ACCOUNT & set(table.c.keys()):
            people.add(table)
        else:
            columns |= named
    assert {table.name for table in people} == {table.name for table in personal()}
    assert columns == set(mentions())


def test_whatever_holds_a_trace_of_somebody_is_about_people(cairn: World) -> None:
    traces.live(cairn)
    with cairn.database.engine.connect() as connection:
        found = set(traces.left(connection))
    declared = {table.name for table in personal()} | {str(column) for column in mentions()}
    assert [where for where in found if not {where, where.partition(".")[0]} & declared] == []
    assert len(found) > 50


def test_privacy_lists_each_kind_once_with_why_and_how_long(quick: World) -> None:
    said = words(quick.say("/privacy"))
    lines = [line for line in said.splitlines() if line.startswith("- ")]
    assert lines == [f"- **{kind.what}**, {kind.why}: {kind.until}" for kind in kinds()]
    assert len(set(lines)) == len(lines) > 10
    assert len(said) < 2000
    assert [button.label for button in buttons(quick.last)] == ["Export", "Forget me"]
    assert "Shall I forget you?" in words(quick.press("Forget me"))


def exported(cairn: World, talk: traces.Talk) -> tuple[str, dict[str, Any]]:
    """The file's text, and its rows."""
    talk.say(traces.ANN, "/export", traces.G1)
    assert talk.last
    assert talk.last.private
    file = next(block for block in talk.last.blocks if isinstance(block, File))
    assert file.name == "cairn-export.json"
    return file.data.decode(), json.loads(file.data)["rows"]


def test_a_large_export_is_packed(quick: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "LARGEST", 100)
    file = quick.say("/export").blocks[1]
    assert isinstance(file, File)
    assert file.name == "cairn-export.json.gz"
    assert [row["name"] for row in json.loads(gzip.decompress(file.data))["rows"]["account"]] == ["me"]


def test_an_export_holds_everything_of_mine_and_nothing_of_others(cairn: World) -> None:
    text, rows = exported(cairn, traces.live(cairn))
    assert "walrus" not in text
    assert [name for name, found in rows.items() if not found] == []
    assert [row["text"] for row in rows["note"]] == ["zebrafin is my note"]
    assert {row["external_id"] for row in rows["account"]} == {"4711001", "4711002", "4711003"}
    assert {(row["group_platform"], row["group_chat"], row["group_thread"]) for row in rows["member"]} == {
        ("console", "g1", ""),
        ("console", "g2", "t1"),
        ("telegram", "-100", ""),
    }
    assert len(rows["cheer"]) == 2  # those she gave
    assert {row["account"] for row in rows["outbox"]} >= {"4711001", "4711002", "4711003"}
    with cairn.database.engine.connect() as connection:
        hers = select(tables.answer.c.showing_id).where(tables.answer.c.learner_id == traces.LEARNER)
        assert {row["showing_id"] for row in rows["answer"]} == set(connection.execute(hers).scalars())


def test_the_schema_is_made_from_the_tables_and_a_real_export_keeps_it(cairn: World) -> None:
    assert export_schema.FILE.read_text() == export_schema.written(), "python -m tests.export_schema writes it anew"
    schema = export_schema.made()
    text, _rows = exported(cairn, traces.live(cairn))
    whole = json.loads(text)
    assert export_schema.faults(whole, schema) == []
    whole["rows"]["note"][0]["at"] = "yesterday"
    whole["rows"]["answer"][0]["right"] = 1
    whole["rows"]["quiz"][0]["more"] = ""
    assert len(export_schema.faults(whole, schema)) == 3
