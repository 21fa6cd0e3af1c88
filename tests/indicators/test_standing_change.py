"""A change names what changed, to the digit; where nothing did, it was the day."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.indicators.standing_change import CauseKind, causes_of


def _told(**changes: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "ask": {"limit": "12", "deadline": "2025-12-31", "comparison": "<=", "most_unmeasured": "0.2"},
        "indicator": "water_loss_rate",
        "version": 2,
        "served": ["water_loss_rate"],
        "facts": [{"fact": "network_input", "year": 2025, "member": "", "value": "5000"}],
        "cases": None,
    }
    return plain | changes


def test_a_corrected_fact_is_named_with_both_values() -> None:
    after = _told(facts=[{"fact": "network_input", "year": 2025, "member": "", "value": "5100"}])
    (cause,) = causes_of(_told(), after)
    assert (cause.kind, cause.of) == (CauseKind.FACT, "network_input:2025")
    assert (cause.before, cause.after) == ("5000", "5100")


def test_a_fact_that_came_has_no_value_before() -> None:
    more = {"fact": "irrigation_intake", "year": 2025, "member": "large", "value": "7"}
    (cause,) = causes_of(_told(), _told(facts=[*_told()["facts"], more]))
    assert (cause.of, cause.before, cause.after) == ("irrigation_intake:2025:large", None, "7")


def test_plan_rule_link_and_cases_are_told_apart() -> None:
    after = _told(
        ask={"limit": "10", "deadline": "2025-12-31", "comparison": "<=", "most_unmeasured": "0.1"},
        version=3,
        served=["real_loss_rate"],
        cases=4,
    )
    kinds = [(each.kind, each.of) for each in causes_of(_told(), after)]
    assert kinds == [
        (CauseKind.PLAN, "limit"),
        (CauseKind.LINK, "served"),
        (CauseKind.RULE, "version"),
        (CauseKind.RULE, "most_unmeasured"),
        (CauseKind.CASES, "cases"),
    ]


def test_without_any_difference_it_was_the_day() -> None:
    assert [each.kind for each in causes_of(_told(), _told())] == [CauseKind.TIME]
    assert [each.kind for each in causes_of({}, {})] == [CauseKind.TIME]


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(0, 3)), st.data())
def test_every_fact_that_differs_is_named_once(values: dict[str, int], data: st.DataObject) -> None:
    later = data.draw(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(0, 3)))
    told = [
        {"facts": [{"fact": name, "year": 2025, "value": str(value)} for name, value in each.items()]}
        for each in (values, later)
    ]
    changed = {name for name in {*values, *later} if values.get(name) != later.get(name)}
    causes = causes_of(*told)
    assert {each.of.split(":")[0] for each in causes if each.kind is CauseKind.FACT} == changed
    assert bool(changed) != any(each.kind is CauseKind.TIME for each in causes)
