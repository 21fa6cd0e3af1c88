"""The names and units that the core gives to steps and terms, read from its sources."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from places import PACKAGE

ROOMS = ("allowances", "charges")
MAKERS = re.compile(r"(Step|Term|\w*_step|_?term|_listed|_given)")


def derivation_names() -> dict[str, set[str]]:
    """Return patterns of the names and units of steps and terms: a part that is computed matches anything."""
    found: dict[str, set[str]] = {"names": set(), "units": set()}
    for room in ROOMS:
        for path in sorted((PACKAGE / room).glob("*.py")):
            for kind, pattern in _of_module(ast.parse(path.read_text("utf-8"))):
                found[kind].add(pattern)
    return found


def _of_module(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if not MAKERS.fullmatch(node.func.id):
            continue
        values = {each.arg: each.value for each in node.keywords if each.arg in ("name", "unit")}
        if node.args and "name" not in values:
            values["name"] = node.args[0]
        for part, value in values.items():
            yield from ((f"{part}s", pattern) for pattern in _patterns(value))


def _patterns(value: ast.expr) -> Iterator[str]:
    """Yield what a text may be; a choice between two texts gives both, and a variable none."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield re.escape(value.value)
    elif isinstance(value, ast.IfExp):
        yield from _patterns(value.body)
        yield from _patterns(value.orelse)
    elif isinstance(value, ast.JoinedStr):
        yield "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in value.values
        )
