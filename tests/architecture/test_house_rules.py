"""The rules of STYLE that a machine can check, over every source file."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import Any

import yaml

from architecture.sources import CORE_ROOMS, definitions, modules, public_definitions
from places import PACKAGE, ROOT

MODULE_LINES = 400
FUNCTION_LINES = 40
FORBIDDEN_WORDS = {
    "data",
    "info",
    "util",
    "utils",
    "helper",
    "helpers",
    "manager",
    "process",
    "handle",
    "quota",
    "leakage",
}
# Programs of their own that run beside what they check, so they open the file they are given.
PROGRAMS = {"audit/verify.py", "programmes/draw/verify.py"}
FOREIGN_NAMES = {
    "get_queryset",
    "DATABASES",
    "data",
    "process_request",
    "handle",
}  # names that frameworks prescribe


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    doc = ast.get_docstring(node, clean=False)
    first = node.body[0]
    doc_lines = (first.end_lineno or first.lineno) - first.lineno + 1 if doc is not None else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - doc_lines


def _words(identifier: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)}


def test_no_module_is_longer_than_its_limit() -> None:
    long = {m.name: m.text.count("\n") for m in modules() if m.text.count("\n") > MODULE_LINES}
    assert not long


def test_no_test_file_is_longer_than_its_limit() -> None:
    long = {
        path.name: count
        for path in (ROOT / "tests").rglob("*.py")
        if (count := path.read_text("utf-8").count("\n")) > MODULE_LINES
    }
    assert not long


def test_no_function_is_longer_than_its_limit() -> None:
    long = [
        f"{module.name}:{node.lineno} {node.name} {_length(node)}"
        for module in modules()
        for node in definitions(module.tree)
        if not isinstance(node, ast.ClassDef) and _length(node) > FUNCTION_LINES
    ]
    assert not long


def test_every_public_name_of_the_core_has_a_docstring() -> None:
    bare = [
        name
        for module in modules()
        if module.room in (*CORE_ROOMS, "services")
        for name, node in public_definitions(module)
        if not ast.get_docstring(node)
    ]
    bare += [
        module.name for module in modules() if module.text.strip() and not ast.get_docstring(module.tree)
    ]
    assert not bare


def test_every_function_states_what_it_returns() -> None:
    silent = [
        f"{module.name}:{node.lineno} {node.name}"
        for module in modules()
        for node in definitions(module.tree)
        if not isinstance(node, ast.ClassDef) and node.returns is None
    ]
    assert not silent


def test_every_core_file_has_its_test_file() -> None:
    missing = []
    for module in modules():
        if module.path.name == "__init__.py" or (module.room == "web" and "pages" not in module.name):
            continue
        parts = module.name.split("/")
        mirror = ROOT / "tests" / "/".join(parts[:-1]) / f"test_{parts[-1]}"
        if not mirror.exists():
            missing.append(mirror.relative_to(ROOT).as_posix())
    assert not missing


def test_no_identifier_uses_a_word_that_says_nothing() -> None:
    vague = set()
    for module in modules():
        stem = module.path.stem
        vague |= {f"{module.name}: {word}" for word in _words(stem) & FORBIDDEN_WORDS}
        for node in definitions(module.tree):
            if node.name not in FOREIGN_NAMES and _words(node.name) & FORBIDDEN_WORDS:
                vague.add(f"{module.name}:{node.lineno} {node.name}")
    assert not vague


def test_the_core_has_no_import_inside_a_function() -> None:
    inner = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.room in CORE_ROOMS
        for outer in definitions(module.tree)
        if not isinstance(outer, ast.ClassDef)
        for node in ast.walk(outer)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inner


def test_the_core_catches_no_broad_exception_and_reads_no_clock() -> None:
    faults = []
    for module in (m for m in modules() if m.room in CORE_ROOMS):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
            ):
                faults.append(f"{module.name}:{node.lineno} broad except")
            if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow", "environ"}:
                faults.append(f"{module.name}:{node.lineno} {node.attr}")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"open", "eval", "exec"}
                and not (node.func.id == "open" and module.name in PROGRAMS)
            ):
                faults.append(f"{module.name}:{node.lineno} {node.func.id}")
    assert not faults


@cache
def _terms() -> list[dict[str, Any]]:
    glossary = yaml.safe_load((PACKAGE / "rulebook" / "glossary.yaml").read_text("utf-8"))
    return list(glossary["terms"])


def test_every_chinese_term_of_a_docstring_is_in_the_glossary() -> None:
    known = {term for entry in _terms() for term in [entry["zh"], *entry.get("also", [])]}
    unknown = set()
    for module in (m for m in modules() if m.room in CORE_ROOMS):
        for name, node in public_definitions(module):
            first_line = (ast.get_docstring(node) or "").split("\n")[0]
            for group in re.findall(r"\(([一-鿿、与的]+)\)", first_line):
                unknown |= {f"{name}: {term}" for term in group.split("、") if term not in known}
    assert not unknown


def test_glossary_entries_are_whole_and_unique() -> None:
    names = [entry["write"] for entry in _terms()]
    assert len(names) == len(set(names))
    assert all(entry["zh"] and entry["en"] for entry in _terms())
