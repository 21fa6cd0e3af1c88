"""What steps and missing inputs of this room are called by data has words too."""

from __future__ import annotations

import ast

import pytest

from places import PACKAGE
from shuiheng.adapters.rulebook.derivation_words import derivation_words
from shuiheng.allowances.entries import EntryKind
from shuiheng.allowances.figures import RoundTo
from shuiheng.allowances.shortage import Way
from shuiheng.allowances.use_norm import NormLevel

WORDS = derivation_words("zh")


@pytest.mark.parametrize(
    "name", [f"norm_{each}" for each in NormLevel] + [f"entry_{each}" for each in EntryKind]
)
def test_each_kind_has_its_word(name: str) -> None:
    assert name in WORDS.names


@pytest.mark.parametrize("label", [*Way, *RoundTo])
def test_each_way_has_its_label(label: str) -> None:
    assert label in WORDS.labels


def _missing_ids() -> set[str]:
    """Return the ids that this room names as missing, as far as they stand in its sources."""
    found = set()
    for path in (PACKAGE / "allowances").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Unknown":
                for each in ast.walk(node):
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        found.add(each.value)
    return found


def test_each_input_that_may_be_missing_has_its_word() -> None:
    ids = {each for each in _missing_ids() if each and not each.endswith("_")}
    assert {"norm", "year_use", "cut_share"} <= ids
    assert ids - set(WORDS.names) == set()
