"""What is wrong with a text is said in the words of its officers."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from places import PACKAGE
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.fault_words import kind_faults

FOLDER = PACKAGE / "adapters" / "rulebook"
READERS = ("strict_yaml", "conditions", "bases", "programmes", "programme_steps", "programme_criteria")


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def _sentences() -> Iterator[tuple[str, str]]:
    """Yield every reason and remedy that a reader of kinds writes out where it refuses something."""
    for name in READERS:
        for node in ast.walk(ast.parse((FOLDER / f"{name}.py").read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = {"refuse": 0, "RulebookError": 2}.get(called)
            if first is None:
                continue
            for sort, part in zip(("reasons", "remedies"), node.args[first : first + 2], strict=False):
                said = _text(part)
                if said is not None:
                    yield sort, said


def test_every_sentence_of_the_readers_has_its_words() -> None:
    words = {"reasons": kind_faults().reasons, "remedies": kind_faults().remedies}
    asked = set(_sentences())
    assert len(asked) > 80
    assert not {said for sort, said in asked if said not in words[sort]}


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("unknown subject `planet`", "subject 没有“planet”这个取值"),
        ("expected str, found list", "应为文字，却是列表"),
        ("the points add up to 90, not to 100", "分值合计为 90，应为 100"),
        ("something that nobody has put in words", "something that nobody has put in words"),
    ],
)
def test_a_sentence_keeps_what_stands_in_its_blanks(reason: str, said: str) -> None:
    assert kind_faults().reason(RulebookError("a.yaml", 3, reason, "Use x, y.")) == said
    assert kind_faults().remedy(RulebookError("a.yaml", 3, reason, "Use x, y.")) == "可用：x, y。"
