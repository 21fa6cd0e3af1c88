"""Clauses as the rulebook writes them."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.rulebook.bases import read_basis
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.strict_yaml import read_entry
from shuiheng.rules.basis import Basis
from shuiheng.rules.parameter import Check, Mark

GOOD = "{source: cn-law-water-2016, at: 第八条, from: 2016-07-02, mark: found}"


def _read(basis: str, checked: str = "{day: null, by: null}") -> Basis:
    entry = read_entry(f"basis: {basis}\nchecked: {checked}", file="mine.yaml")
    return read_basis(entry.at("basis"), entry)


def test_a_clause_is_checked_when_its_holder_is() -> None:
    assert _read(GOOD).check is None
    basis = _read(GOOD, "{day: 2026-01-02, by: 李}")
    assert (basis.mark, basis.check) == (Mark.FOUND, Check(by="李", on=date(2026, 1, 2)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cn-law-water-2016", "no-such-law"),
        ("mark: found", "mark: rumour"),
        ("at: 第八条, ", ""),
        ("mark: found", "mark: found, page: 3"),
        ("from: 2016-07-02, ", ""),
        ("mark: found", "mark: found, kinds: [old]"),
    ],
)
def test_a_clause_without_its_parts_is_refused(old: str, new: str) -> None:
    with pytest.raises(RulebookError):
        _read(GOOD.replace(old, new))
