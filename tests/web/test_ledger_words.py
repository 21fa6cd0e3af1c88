"""Figures of the ledger are shown with all their digits, and nothing is shown as nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.adapters.records.models import MeterEventKind, SourceKind
from shuiheng.web.templatetags.ledger_words import ledger_word, m3, plain_amount, signed_percent
from shuiheng.web.words_ledger import METER_EVENTS, SOURCE_KINDS


@pytest.mark.parametrize(
    ("litres", "shown"), [(None, ""), (0, "0"), (1, "0.001"), (1_234_500, "1,234.500"), (5_000_000, "5,000")]
)
def test_litres_are_shown_in_m3(litres: int | None, shown: str) -> None:
    assert m3(litres) == shown


def test_a_change_has_its_sign_and_an_unknown_one_no_words() -> None:
    assert (signed_percent(0.125), signed_percent(-1.0), signed_percent(None)) == ("+12.5 %", "-100.0 %", "")


def test_an_amount_loses_needless_zeros_only() -> None:
    shown = [plain_amount(value) for value in (Decimal("600000.000000"), Decimal("0.5"), Decimal(100), None)]
    assert shown == ["600,000", "0.5", "100", ""]


def test_every_code_of_the_tables_has_its_word() -> None:
    assert set(METER_EVENTS) == set(MeterEventKind.values)
    assert set(SOURCE_KINDS) == set(SourceKind.values)
    assert ledger_word("swapped", "meter_event") == "换表" and ledger_word("x", "duty") == "x"
