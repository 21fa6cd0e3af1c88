"""Clauses: where and when they hold, and how they are cited."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.rules.basis import Basis, bases_now
from shuiheng.rules.parameter import Asked, Check, Mark

DAY = date(2026, 1, 1)


def _basis(area: str = "", since: date = DAY, mark: Mark = Mark.FOUND, check: Check | None = None) -> Basis:
    return Basis(source="law", clause="第一条", area=area, valid_from=since, mark=mark, check=check)


def test_a_clause_holds_from_its_first_day_in_its_place_and_below_it() -> None:
    nation, province, other = _basis(), _basis("37"), _basis("33")
    later = _basis("3702", date(2026, 1, 2))
    assert bases_now((nation, province, other, later), Asked(area="3702", on=DAY)) == (nation, province)


@pytest.mark.parametrize(
    ("mark", "check", "is_binding"),
    [
        (Mark.FOUND, Check(by="a", on=DAY), True),
        (Mark.FOUND, None, False),
        (Mark.KNOWN, Check(by="a", on=DAY), False),
    ],
)
def test_only_what_was_found_and_checked_binds(mark: Mark, check: Check | None, is_binding: bool) -> None:
    cited = _basis(mark=mark, check=check).cited_by("programmes/school")
    assert (cited.rule, cited.source, cited.is_binding) == ("programmes/school", "law", is_binding)
