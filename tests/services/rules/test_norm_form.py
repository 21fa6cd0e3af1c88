"""What must hold for a row of norms, at both sides of each edge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.rules.norm_books import a_row
from shuiheng.services.rules.norm_form import row_faults


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({}, []),
        ({"advanced": Decimal("2.2")}, []),
        ({"advanced": Decimal("2.21")}, ["norms.not_stricter"]),
        ({"advanced": None, "leader": Decimal("2.2")}, []),
        ({"advanced": None, "leader": Decimal("2.3")}, ["norms.not_stricter"]),
        ({"leader": Decimal("1.6")}, []),
        ({"valid_to": date(2024, 1, 2)}, []),
        ({"valid_to": date(2024, 1, 1)}, ["norms.ends_early"]),
        ({"factor_least": Decimal(1), "factor_most": Decimal(1)}, []),
        ({"factor_most": Decimal(1)}, ["norms.factor_alone"]),
        ({"unit": "L/(床·d)"}, []),
        ({"unit": "吨"}, ["norms.unit_unknown"]),
    ],
)
def test_a_row_is_refused_for_what_is_wrong_and_nothing_else(
    changed: dict[str, Any], faults: list[str]
) -> None:
    assert [code for code, _column in row_faults(a_row(**changed))] == faults
