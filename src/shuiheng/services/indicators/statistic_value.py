"""Which values a fact of a year can have (统计数据的取值), the same by page and by workbook."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.indicators.facts import FactKind

LARGEST = Decimal(10) ** 18
STORED = Decimal("0.000001")
INDEX_FROM, INDEX_TO = Decimal(20), Decimal(500)
COUNTED = "number"


def value_fault(kind: FactKind, value: Decimal) -> str:
    """Return the code of what is wrong with a value in the unit of its fact; empty where nothing is.

    None is below nothing, an index has last year as 100, a count is whole.

    Args:
        kind: The fact.
        value: The value.
    """
    if not value.is_finite() or not 0 <= value < LARGEST:
        return "statistics.bad_value"
    if kind.is_index and not INDEX_FROM <= value <= INDEX_TO:
        return "statistics.index_odd"
    if kind.unit.id == COUNTED and value != value.to_integral_value():
        return "statistics.not_whole"
    return ""


def stored_value(value: Decimal) -> Decimal:
    """Return a value as it is kept, to six digits; one that is too large for any fact stays as it is."""
    return value.quantize(STORED) if value.is_finite() and abs(value) < LARGEST else value
