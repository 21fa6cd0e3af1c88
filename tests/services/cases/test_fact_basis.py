"""What facts are read from: the year that was over, and only the users that were asked for."""

from __future__ import annotations

import pytest

from services.cases.asked import basis_of
from services.ledger.used_city import add_used
from shuiheng.adapters.records.models import Account
from shuiheng.services.cases import fact_basis

pytestmark = pytest.mark.django_db


def test_the_year_is_the_last_that_was_over(officer: Account) -> None:
    basis = basis_of()
    assert (basis.year, basis.year_end.isoformat(), len(basis.months)) == (2025, "2025-12-31", 12)


def test_a_few_are_asked_for_by_key_and_many_by_city_with_the_same_answer(
    officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    users = [add_used(officer, name, 10) for name in ("甲厂", "乙厂", "丙厂")]

    def read() -> tuple[bool, object]:
        basis = basis_of(*users)
        return basis.asked is None, (basis.year_use, basis.beliefs, basis.sources, basis.source_use)

    by_key = read()
    monkeypatch.setattr(fact_basis, "MOST_KEYS", 2)
    assert (by_key[0], read()) == (False, (True, by_key[1]))
