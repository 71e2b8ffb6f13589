"""Who judges a fenced block: one entry for each language."""

from collections.abc import Callable

from tests.content.parsing import grammar, graphql, http, ini, json_text, nginx, proto, toml, xml, yaml_text
from tests.content.running import bash, python, sh, sqlite

Judge = Callable[[str], str]
"""Returns what is wrong with a block, or nothing."""

JUDGES: dict[str, Judge] = {
    "bash": bash,
    "c": grammar("tree_sitter_c"),
    "csharp": grammar("tree_sitter_c_sharp"),
    "css": grammar("tree_sitter_css"),
    "dockerfile": grammar("tree_sitter_containerfile"),
    "go": grammar("tree_sitter_go"),
    "graphql": graphql,
    "html": grammar("tree_sitter_html"),
    "http": http,
    "ini": ini,
    "java": grammar("tree_sitter_java"),
    "javascript": grammar("tree_sitter_javascript"),
    "json": json_text,
    "lua": grammar("tree_sitter_lua"),
    "nginx": nginx,
    "php": grammar("tree_sitter_php", "language_php"),
    "proto": proto,
    "python": python,
    "ruby": grammar("tree_sitter_ruby"),
    "rust": grammar("tree_sitter_rust"),
    "sh": sh,
    "sql": sqlite,
    "toml": toml,
    "typescript": grammar("tree_sitter_typescript", "language_typescript"),
    "xml": xml,
    "yaml": yaml_text,
}
"""Every language but `sql postgresql`, which needs a server, and `text`, which nobody judges."""
