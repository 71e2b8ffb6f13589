"""The schema of the export, made from the tables, and the check of a value against it.

`python -m tests.export_schema` writes docs/export.schema.json.
"""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Date, Double, FromClause, Integer, Join

from bot.store.exporting import SECTIONS, VERSION, Section
from bot.store.tables import Instant

FILE = Path(__file__).parents[1] / "docs" / "export.schema.json"

_TYPES = ((Boolean, "boolean"), (Integer, "integer"), (Double, "number"))
_FORMATS = ((Instant, "date-time"), (Date, "date"))
_READ = {"date-time": datetime.fromisoformat, "date": date.fromisoformat}
_PYTHON: dict[str, Any] = {"string": str, "integer": int, "number": (int, float), "boolean": bool}


def made() -> dict[str, Any]:
    """The JSON Schema (2020-12) of an export."""
    sections = {name: _section(section) for name, section in SECTIONS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cairn-export.json",
        **_object({"version": {"const": VERSION}, "when": _date_time(), "rows": _object(sections)}),
    }


def _date_time() -> dict[str, Any]:
    return {"type": "string", "format": "date-time"}


def _section(section: Section) -> dict[str, Any]:
    kind = section.about
    of = section.rows.get_final_froms()[0]
    columns = {name: _column(column, of) for name, column in section.columns.items()}
    return {"description": f"{kind.what}, {kind.why}: {kind.until}", "type": "array", "items": _object(columns)}


def _column(column: Column[Any], of: FromClause) -> dict[str, Any]:
    format_ = next((name for kind, name in _FORMATS if isinstance(column.type, kind)), None)
    type_ = next((name for kind, name in _TYPES if not format_ and isinstance(column.type, kind)), "string")
    optional = column.nullable or (isinstance(of, Join) and column.table is of.right and _optional(of))
    return {"type": [type_, "null"] if optional else type_, **({"format": format_} if format_ else {})}


def _optional(join: Join) -> bool:
    """Whether a row may be of no group."""
    return any(bool(key.parent.nullable) for key in join.left.foreign_keys if key.column.table is join.right)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def faults(value: Any, schema: dict[str, Any], at: str = "") -> list[str]:
    """What is wrong with a value; it knows the words of schemas that `made` uses."""
    if "const" in schema:
        return [] if value == schema["const"] else [f"{at}: not {schema['const']}"]
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if value is None and "null" in types:
        return []
    if types[0] == "object":
        return _in_object(value, schema, at)
    if types[0] == "array":
        return [fault for number, each in enumerate(value) for fault in faults(each, schema["items"], f"{at}/{number}")]
    if not isinstance(value, _PYTHON[types[0]]) or (types[0] != "boolean" and isinstance(value, bool)):
        return [f"{at}: {value!r} is no {types[0]}"]
    return _in_format(value, schema.get("format", ""), at)


def _in_object(value: Any, schema: dict[str, Any], at: str) -> list[str]:
    if not isinstance(value, dict) or list(value) != schema["required"]:
        return [f"{at}: other keys"]
    return [fault for key, each in value.items() for fault in faults(each, schema["properties"][key], f"{at}/{key}")]


def _in_format(value: Any, format_: str, at: str) -> list[str]:
    try:
        read = _READ[format_](value) if format_ else None
    except ValueError:
        return [f"{at}: {value!r} is no {format_}"]
    return [f"{at}: no offset"] if isinstance(read, datetime) and read.tzinfo is None else []


def written() -> str:
    """The file's text."""
    return json.dumps(made(), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(written())
