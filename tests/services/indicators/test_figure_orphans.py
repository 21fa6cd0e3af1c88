"""A number leads to its entered fact, its rule, the calendar or its case; everything else is an orphan."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, Statistic
from shuiheng.indicators.derivation import Derivation, NodeKind
from shuiheng.services.indicators.figure_orphans import orphans_in

pytestmark = pytest.mark.django_db


def _leaf(key: str, origin: str, *, kind: NodeKind = NodeKind.FACT, value: int | None = 1) -> Derivation:
    number = None if value is None else Decimal(value)
    return Derivation(kind=kind, key=key, names={"zh": key, "en": key}, value=number, origin=origin)


def test_what_leads_somewhere_is_no_orphan(officer: Account) -> None:
    enter(officer.memberships.get().organisation.place_id, officer, gdp_2024=Decimal(1200))
    key = Statistic.objects.get().pk
    leaves = (
        _leaf("gdp", f"statistic:{key}"),
        _leaf("days", "calendar:2024"),
        _leaf("non_resident_use", "settled:2024:non_resident_use"),
        _leaf("meters", "ledger:2024:meters"),
        _leaf("gdp", "", value=None),
    )
    tree = Derivation(kind=NodeKind.INDICATOR, key="any", names={}, value=Decimal(1), children=leaves)
    assert orphans_in([tree]) == ()


@pytest.mark.parametrize(
    ("key", "origin", "kind"),
    [
        ("gdp", "", NodeKind.FACT),
        ("gdp", "statistic:987654321", NodeKind.FACT),
        ("gdp", "statistic:x", NodeKind.FACT),
        ("gdp", "settled:2024:gdp", NodeKind.FACT),
        ("non_resident_use", "settled:2024:urban_use", NodeKind.FACT),
        ("meters", "guess:2024:meters", NodeKind.FACT),
        ("7", "case:987654321", NodeKind.CASE),
    ],
)
def test_what_leads_nowhere_is_an_orphan(key: str, origin: str, kind: NodeKind) -> None:
    leaf = _leaf(key, origin, kind=kind)
    assert orphans_in([leaf]) == (leaf,)
