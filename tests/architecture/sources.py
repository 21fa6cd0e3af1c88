"""The package's sources, parsed once, for the tests of the house."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from places import PACKAGE

CORE_ROOMS = (
    "kernel",
    "rules",
    "audit",
    "metering",
    "plans",
    "allowances",
    "charges",
    "indicators",
    "programmes",
    "reports",
)
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Module:
    """One source file: its path in the package, its text and its tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Path below the package, with slashes."""
        return self.path.relative_to(PACKAGE).as_posix()

    @property
    def room(self) -> str:
        """Top folder of the package that holds it."""
        return self.name.split("/")[0]


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the package but the migrations, in order of path.

    Migrations are exempt from the limits: 0004 makes tables that name each other, and Django writes
    it in the order in which they can be made. Cut by subject, every part would need the others' keys.
    """
    paths = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
    return tuple(Module(path, text := path.read_text("utf-8"), ast.parse(text)) for path in paths)


def definitions(tree: ast.AST) -> Iterator[Definition]:
    """Yield every function and class of a tree, at any depth."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node


def public_definitions(module: Module) -> Iterator[tuple[str, Definition]]:
    """Yield the public functions and classes of a module and the public methods of its classes."""
    for node in module.tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if node.name.startswith("_"):
            continue
        yield f"{module.name}:{node.name}", node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                    yield f"{module.name}:{node.name}.{inner.name}", inner
