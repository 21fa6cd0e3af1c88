"""Cuts of an allowance and what may not lead to one."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from allowances.made import inputs_of, record, value_of
from shuiheng.allowances.cuts import (
    Cut,
    CutsRule,
    after_cuts,
    cuts_rule_of,
    keep_what_was_saved,
)
from shuiheng.allowances.errors import BadRuleError, NotAllowedError
from shuiheng.allowances.methods import method_of, work_out
from shuiheng.allowances.model import Unknown, Worked


def _rule(**fields: Any) -> CutsRule:
    given = {
        "cuts": [
            {"reason": "over_norm", "share": "0.1"},
            {"reason": "no_water_audit"},
            {"reason": "stopped"},
        ],
        "forbidden": ["saved_water"],
    }
    return cuts_rule_of(value_of(record(**(given | fields)), rule="allowances/cuts"))


def _cut(reason: str = "over_norm", **fields: Any) -> Cut:
    return Cut(**({"reason": reason, "evidence": "finding:1"} | fields))


def _worked(m3: int = 1000) -> Worked:
    worked = work_out(method_of(value_of(record(method="proposal"))), inputs_of(proposal_m3=Decimal(m3)))
    assert isinstance(worked, Worked)
    return worked


def _left(*cuts: Cut, **fields: Any) -> Any:
    outcome = after_cuts(_worked(), cuts, rule=_rule(**fields))
    assert isinstance(outcome, Worked)
    return outcome.exact


def test_the_share_of_the_rule_is_cut() -> None:
    assert _left(_cut()) == 900


def test_the_share_of_the_rule_holds_before_the_officers() -> None:
    assert _left(_cut(share=Decimal("0.5"))) == 900


def test_an_officer_sets_the_measure_where_the_rule_sets_none() -> None:
    assert _left(_cut("no_water_audit", share=Decimal("0.2"))) == 800
    assert _left(_cut("stopped", amount_m3=Decimal(300))) == 700


def test_a_cut_may_be_nothing_or_all() -> None:
    assert [_left(_cut("stopped", share=Decimal(each))) for each in (0, 1)] == [1000, 0]
    assert [_left(_cut("stopped", amount_m3=Decimal(each))) for each in (0, 1000)] == [1000, 0]


def test_a_cut_without_a_measure_is_unknown() -> None:
    assert after_cuts(_worked(), [_cut("stopped")], rule=_rule()) == Unknown(missing=("cut_share",))


def test_cuts_are_measured_on_the_same_figure_in_any_order() -> None:
    cuts = [_cut(), _cut("no_water_audit", share=Decimal("0.2")), _cut("stopped", amount_m3=Decimal(50))]
    outcomes = [after_cuts(_worked(), order, rule=_rule()) for order in permutations(cuts)]
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert isinstance(outcomes[0], Worked) and outcomes[0].exact == 1000 - 100 - 200 - 50


def test_nothing_is_cut_below_zero() -> None:
    assert _left(_cut(), _cut("stopped", amount_m3=Decimal(5000))) == 0


def test_a_step_shows_reason_evidence_and_rule() -> None:
    outcome = after_cuts(_worked(), [_cut()], rule=_rule())
    assert isinstance(outcome, Worked)
    step = outcome.steps[-1]
    assert (step.label, step.formula, step.terms[1].origin) == ("over_norm", "1000 − 1000 × 0.1", "finding:1")
    assert step.citation is not None and step.citation.rule == "allowances/cuts"


@pytest.mark.parametrize(
    ("cut", "why"),
    [
        (_cut("saved_water", share=Decimal("0.1")), "forbids"),
        (_cut("ugly_roof", share=Decimal("0.1")), "names no such reason"),
        (_cut(evidence=""), "nothing is given"),
        (_cut("stopped", share=Decimal("1.1")), "not from 0 to 1"),
        (_cut("stopped", amount_m3=Decimal(-1)), "below zero"),
    ],
)
def test_a_cut_that_the_place_does_not_allow_is_refused(cut: Cut, why: str) -> None:
    with pytest.raises(NotAllowedError, match=why):
        after_cuts(_worked(), [cut], rule=_rule())


@pytest.mark.parametrize(("last", "kept"), [(1200, 1200), (1000, 1000), (800, 1000)])
def test_shown_saving_keeps_last_years_allowance_where_the_place_says_so(last: int, kept: int) -> None:
    assert keep_what_was_saved(_worked(), last_m3=Decimal(last), rule=_rule()).exact == kept


def test_elsewhere_saving_is_not_kept() -> None:
    rule = _rule(forbidden=[])
    assert keep_what_was_saved(_worked(), last_m3=Decimal(1200), rule=rule).exact == 1000


@pytest.mark.parametrize(
    "fields",
    [
        {"cuts": [{"share": "0.1"}]},
        {"cuts": [{"reason": "a", "share": "1.5"}]},
        {"cuts": [{"reason": "a"}, {"reason": "a"}]},
        {"cuts": [{"reason": "saved_water"}]},
        {"colour": "blue"},
    ],
)
def test_a_record_that_cannot_be_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadRuleError):
        _rule(**fields)
