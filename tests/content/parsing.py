"""Judging examples by parsing them: configuration, data, messages, and languages with a grammar."""

import configparser
import json
import re
import tempfile
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import yaml

if TYPE_CHECKING:
    from tree_sitter import Node

_START = re.compile(r"[A-Z]+ \S+ HTTP/(1\.[01]|2|3)|HTTP/(1\.[01]|2|3) [1-5]\d\d( .+)?")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+: ?\S.*")


def http(text: str) -> str:
    """Requests and answers as RFC 9112 writes them: a first line, headers, then perhaps an empty line and a body."""
    part = "body"
    for number, line in enumerate(text.strip("\n").split("\n"), 1):
        if part == "body" and _START.fullmatch(line):
            part = "headers"
        elif number == 1:
            return f"{line!r} begins neither a request nor an answer"
        elif part == "headers" and not line:
            part = "body"
        elif part == "headers" and not _HEADER.fullmatch(line):
            return f"{line!r} is no header; an empty line stands before a body"
    return ""


def nginx(text: str) -> str:
    """Parsed by crossplane, as a whole file or as what stands inside `http` or inside a `server` in it."""
    crossplane = import_module("crossplane")
    found = []
    for around in ("%s", "events {}\nhttp {\n%s\n}", "events {}\nhttp { server {\n%s\n} }"):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "nginx.conf")
            file.write_text(around % text, encoding="utf-8")
            read = crossplane.parse(str(file), single=True, strict=True)
        if read["status"] == "ok":
            return ""
        found.append("; ".join(str(error["error"]) for error in read["errors"]))
    return "\n".join(found)


def graphql(text: str) -> str:
    """Parsed by graphql-core: a schema or a query."""
    module = import_module("graphql")
    return _parsed(module.parse, text, module.GraphQLError)


def proto(text: str) -> str:
    """Parsed as a Protocol Buffers file."""
    found: list[str] = []
    listener = import_module("antlr4.error.ErrorListener").ErrorListener()
    listener.syntaxError = lambda _parser, _symbol, line, column, said, _error: found.append(f"{line}:{column}: {said}")
    parser = import_module("proto_schema_parser.parser").Parser
    parser(setup_lexer=_told_to(listener), setup_parser=_told_to(listener)).parse(text)
    return "\n".join(found)


def _told_to(listener: object) -> Callable[[Any], None]:
    def listen(recognizer: Any) -> None:
        recognizer.removeErrorListeners()
        recognizer.addErrorListener(listener)

    return listen


def ini(text: str) -> str:
    """Parsed by configparser; interpolation is left alone."""
    return _parsed(configparser.ConfigParser(interpolation=None).read_string, text, configparser.Error)


def json_text(text: str) -> str:
    """One JSON value."""
    return _parsed(json.loads, text, ValueError)


def toml(text: str) -> str:
    """A TOML document."""
    return _parsed(tomllib.loads, text, tomllib.TOMLDecodeError)


def xml(text: str) -> str:
    """A well-formed XML document."""
    return _parsed(ElementTree.fromstring, text, ElementTree.ParseError)


def yaml_text(text: str) -> str:
    """YAML, one document or several."""
    return _parsed(lambda source: list(yaml.safe_load_all(source)), text, yaml.YAMLError)


def _parsed(parse: Callable[[str], object], text: str, refusal: type[Exception]) -> str:
    try:
        parse(text)
    except refusal as error:
        return str(error) or error.__class__.__name__
    return ""


def grammar(module: str, function: str = "language") -> Callable[[str], str]:
    """Parsed by a tree-sitter grammar: no node of the tree may be an error or missing."""

    def judge(text: str) -> str:
        from tree_sitter import Language, Parser

        tree = Parser(Language(getattr(import_module(module), function)())).parse(text.encode())
        wrong = _first_error(tree.root_node)
        return f"line {wrong.start_point[0] + 1}: cannot be read as {module[12:]}" if wrong else ""

    return judge


def _first_error(node: "Node") -> "Node | None":
    if node.is_error or node.is_missing:
        return node
    return next((found for child in node.children if child.has_error and (found := _first_error(child))), None)
