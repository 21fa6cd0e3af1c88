"""The level of a meter is chosen as a word and stored as a number."""

from __future__ import annotations

from shuiheng.web.pages.ledger.meter_fields import meter_fields


def test_the_level_becomes_a_number_and_the_rest_stays() -> None:
    fields = meter_fields({"level": "2", "zone": "东区"})
    assert (fields.level, fields.zone, fields.multiplier) == (2, "东区", 1)
