"""Facts as conditions take them."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.services.cases.subjects import FactValue, known_facts


def test_what_is_not_known_is_left_out_and_false_and_zero_stay() -> None:
    facts = {
        "is_public": FactValue(value=False, source="台账"),
        "use_year_m3": FactValue(value=Decimal(0), source="计量数据"),
        "norm_grade": FactValue(value=None, source="没有活动量"),
    }
    known = known_facts(facts)
    assert {name: each.value for name, each in known.items()} == {
        "is_public": False,
        "use_year_m3": Decimal(0),
    }
    assert known["is_public"].origin == "台账"
