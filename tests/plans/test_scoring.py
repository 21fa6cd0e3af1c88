from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from plans.measure import CORPUS, gold_of
from plans.scoring import MEASURES, Json, bare, measure

GOLD = gold_of(CORPUS / "913_hard_figures.txt")
EMPTY: Json = {"tasks": [], "targets": [], "duties": [], "thresholds": []}


def test_labels_held_against_themselves_are_perfect() -> None:
    assert measure(GOLD, GOLD).shares == dict.fromkeys(MEASURES, 1.0)
    assert not measure(GOLD, GOLD).differences


def test_a_plan_in_which_nothing_was_found_scores_nothing() -> None:
    assert set(measure(EMPTY, GOLD).shares.values()) == {0.0}


@pytest.mark.parametrize(
    ("field", "value"),
    [("op", "<"), ("scope", "某区"), ("deadline", "2031-12-31"), ("baseline_year", 1999), ("annual", True)],
)
def test_one_wrong_field_loses_one_numeric_target(field: str, value: Any) -> None:
    changed = deepcopy(GOLD)
    target = next(t for t in changed["targets"] if t["value"] is not None and t[field] != value)
    target[field] = value
    numeric = sum(t["value"] is not None for t in GOLD["targets"])
    assert measure(changed, GOLD).shares["numeric"] == pytest.approx((numeric - 1) / numeric)


def test_an_invented_target_costs_precision() -> None:
    changed = deepcopy(GOLD)
    changed["targets"].append({**changed["targets"][0], "quote": "从未说过的话", "value": 7})
    numeric = sum(t["value"] is not None for t in GOLD["targets"])
    assert measure(changed, GOLD).shares["numeric"] == pytest.approx(2 * numeric / (2 * numeric + 1))


def test_the_order_of_lead_units_counts() -> None:
    changed = deepcopy(GOLD)
    task = next(t for t in changed["tasks"] if len(t["lead"]) > 1)
    task["lead"].reverse()
    assert measure(changed, GOLD).shares["lead"] == pytest.approx(1 - 1 / len(GOLD["tasks"]))


def test_a_quote_that_shares_less_than_its_better_part_does_not_match() -> None:
    changed = deepcopy(GOLD)
    changed["thresholds"][0]["quote"] = "由市政府约谈整改落实情况较差的单位和个人"
    assert measure(changed, GOLD).shares["rules"] < 1


def test_white_space_and_width_of_marks_do_not_matter() -> None:
    assert bare("漏损率 (市区),降至9％。") == bare("漏损率（市区），降至9%")
