"""The judges of examples: each takes what is right and refuses what is wrong."""

import pytest

from bot.roadmap.writer.blocks import LANGUAGES
from tests.content.judges import JUDGES
from tests.content.running import postgresql, sqlite, statements

RIGHT = {
    "bash": 'for f in *; do echo "$f"; done',
    "c": "int main(void) { return 0; }",
    "csharp": 'var app = WebApplication.Create(args);\napp.MapGet("/", () => "hi");\napp.Run();',
    "css": "main { color: #123; }",
    "dockerfile": 'FROM python:3.14-slim\nRUN pip install x \\\n  && echo done\nCMD ["python", "-V"]\n',
    "go": 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hi") }\n',
    "graphql": "query { user(id: 1) { name } }",
    "html": "<!doctype html>\n<html><body><p>Hi</p></body></html>",
    "http": "GET / HTTP/1.1\nHost: example.com\n\nHTTP/1.1 200 OK\nContent-Length: 2\n\nhi",
    "ini": "[main]\nname = x\n",
    "java": "class Main { public static void main(String[] args) { } }",
    "javascript": "const wait = async (ms) => { await new Promise((go) => setTimeout(go, ms)); };",
    "json": '{"a": [1, 2]}',
    "lua": "return redis.call('GET', KEYS[1])",
    "nginx": "server { listen 80; location / { proxy_pass http://127.0.0.1:8000; } }",
    "php": '<?php\necho "hi";',
    "proto": 'syntax = "proto3";\nmessage Tea { int32 cups = 1; }',
    "python": "import sqlite3\nprint(sqlite3.sqlite_version)",
    "ruby": "puts [1, 2].sum { |n| n * 2 }",
    "rust": 'fn main() { println!("hi"); }',
    "sh": "echo hi | cat",
    "sql": "CREATE TABLE t (a INT);\nINSERT INTO t VALUES (1);\nSELECT a FROM t;",
    "toml": "a = 1",
    "typescript": "const a: number = 1;",
    "xml": "<a><b/></a>",
    "yaml": "a: 1\n---\nb: [2]",
}
WRONG = {
    "bash": "for f in *; do echo",
    "c": "int main( { }",
    "csharp": "class { ",
    "css": "main { color: ",
    "dockerfile": "FORM python:3.14\n",
    "go": "package main\n\nfunc main( {\n",
    "graphql": "query { user(id: ) }",
    "html": "<p <b></p>",
    "http": "GET / HTTP/1.1\nHost example.com\n",
    "ini": "name = x",
    "java": "class Main { void f( }",
    "javascript": "const = 1;",
    "json": "{'a': 1}",
    "lua": "if x then",
    "nginx": "server { listen 80 }",
    "php": "<?php echo ;;(",
    "proto": "message { int32 = }",
    "python": "print(undefined)",
    "ruby": "def f(",
    "rust": "fn main( {",
    "sh": "if true; then",
    "sql": "SELEC 1;",
    "toml": "a = ",
    "typescript": "const a: = 1;",
    "xml": "<a><b></a>",
    "yaml": "a: [1",
}


@pytest.mark.parametrize("language", sorted(JUDGES))
def test_a_judge_takes_what_is_right_and_refuses_what_is_wrong(language: str) -> None:
    judge = JUDGES[language]
    assert judge(RIGHT[language]) == ""
    assert judge(WRONG[language]) != ""


def test_every_language_that_a_page_may_name_is_judged() -> None:
    assert {*JUDGES, "sql postgresql", "text"} == LANGUAGES


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import socket\nsocket.create_connection(('192.0.2.1', 80), 1)", "may not use the network"),
        ("import urllib.request as u\nu.urlopen('http://example.com')", "may not use the network"),
        ("import pytest", "No module named 'pytest'"),
        ("import threading\nt = threading.Thread(target=int, args=['x'])\nt.start()\nt.join()", "ValueError"),
        ("print('\\d')", "invalid escape"),
    ],
)
def test_python_runs_with_the_standard_library_and_without_the_network(text: str, told: str) -> None:
    assert told in JUDGES["python"](text)


def test_python_may_talk_to_itself() -> None:
    text = (
        "import socket\ns = socket.create_server(('127.0.0.1', 0))\nsocket.create_connection(s.getsockname()).close()"
    )
    assert JUDGES["python"](text) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("CREATE TABLE t (a INT UNIQUE);\nINSERT INTO t VALUES (1);\nINSERT INTO t VALUES (1);  -- fails", ""),
        ("CREATE TABLE t (a INT);  -- fails", "was to fail, and did not"),
        ("BEGIN; CREATE TABLE t (a INT); ROLLBACK; SELECT * FROM t;", "no such table"),
        ("CREATE TABLE t (a INT);\nCREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; SELECT 1; END;", ""),
        (".tables", "syntax error"),
    ],
)
def test_sql_runs_statement_by_statement(text: str, told: str) -> None:
    assert (told in sqlite(text)) if told else (sqlite(text) == "")


def test_sql_marked_so_runs_on_postgresql(postgres_url: str) -> None:
    text = "CREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY i ON t (a);\nDO $$ BEGIN PERFORM 1; END $$;\n"
    assert postgresql(text, postgres_url) == ""
    assert "does not exist" in postgresql("SELECT * FROM u;", postgres_url)


def test_statements_end_at_semicolons_outside_of_strings_and_comments() -> None:
    text = "SELECT ';';  -- one; two\n/* a; b */ SELECT $x$;$x$;\nSELECT \";\"\n-- the end"
    assert list(statements(text)) == [
        "SELECT ';';  -- one; two",
        "/* a; b */ SELECT $x$;$x$;",
        'SELECT ";"\n-- the end',
    ]
