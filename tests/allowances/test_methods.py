"""Methods of the rulebook and the allowances that they give."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from allowances.made import activity_of, inputs_of, record, value_of
from shuiheng.allowances.errors import BadRuleError, UnknownMethodError
from shuiheng.allowances.methods import Method, Rounding, method_of, planned_allowance, round_off, work_out
from shuiheng.allowances.model import AllowanceInputs, Unknown, Worked
from shuiheng.allowances.use_norm import NormLevel
from shuiheng.kernel.derivation import Derived

OF_THREE = [
    {"method": "norm"},
    {"method": "several_year_mean", "years": "3", "growth": "none"},
    {"method": "permit"},
]


def _method(**fields: Any) -> Method:
    return method_of(value_of(record(**fields)))


def _allowance(method: Method, inputs: AllowanceInputs) -> Derived:
    outcome = planned_allowance(method, inputs)
    assert isinstance(outcome, Derived)
    assert outcome.steps[-1].value == outcome.value
    return outcome


def _missing(method: Method, inputs: AllowanceInputs) -> tuple[str, ...]:
    outcome = planned_allowance(method, inputs)
    assert isinstance(outcome, Unknown)
    return outcome.missing


def test_the_mean_of_years_is_rounded_once_at_the_end() -> None:
    method = _method(method="several_year_mean", years="3", coefficient="0.95", rounding={"step": "0.1"})
    allowance = _allowance(method, inputs_of(90_000, 100_000, 110_000))
    assert allowance.value == Decimal("105027.8")
    assert [step.name for step in allowance.steps].count("rounded") == 1


def test_a_rule_may_round_up_to_whole_tens() -> None:
    method = _method(method="norm", rounding={"step": "10", "to": "up"})
    assert _allowance(method, inputs_of(activities=(activity_of("40.04"),))).value == 1010
    assert _allowance(method, inputs_of(activities=(activity_of("40"),))).value == 1000


def test_new_projects_get_the_stricter_norm_and_others_the_general_one() -> None:
    method = _method(method="norm")
    values = [
        _allowance(method, inputs_of(activities=(activity_of(100),), is_new=new)).value
        for new in (True, False)
    ]
    assert values == [1000, 2500]


def test_the_rule_says_which_norm_holds_for_whom() -> None:
    method = _method(method="norm", level_existing="advanced")
    assert method.level_existing is NormLevel.ADVANCED
    assert _allowance(method, inputs_of(activities=(activity_of(100),))).value == 1000


def test_the_least_of_norm_history_and_permit_holds() -> None:
    method = _method(method="minimum", of=OF_THREE)
    inputs = inputs_of(3000, activities=(activity_of(100),), has_permit=True, permit_m3=Decimal(2600))
    allowance = _allowance(method, inputs)
    assert (allowance.value, allowance.steps[-1].formula) == (2500, "min(2500; 3000; 2600)")


def test_a_source_without_permit_is_not_bound_by_one() -> None:
    method = _method(method="minimum", of=OF_THREE)
    assert _allowance(method, inputs_of(2000, activities=(activity_of(100),))).value == 2000


def test_what_the_supplier_can_deliver_binds_where_it_is_known() -> None:
    method = _method(method="minimum", of=[{"method": "proposal"}, {"method": "supply"}])
    assert _allowance(method, inputs_of(proposal_m3=Decimal(500), supply_m3=Decimal(400))).value == 400
    assert _allowance(method, inputs_of(proposal_m3=Decimal(500))).value == 500


def test_a_rule_that_says_nothing_on_rounding_gives_whole_cubic_metres() -> None:
    assert _allowance(_method(method="proposal"), inputs_of(proposal_m3=Decimal("7.5"))).value == 8
    assert Rounding().step == 1


def test_an_unknown_permit_makes_the_least_unknown() -> None:
    method = _method(method="minimum", of=OF_THREE)
    inputs = inputs_of(2000, activities=(activity_of(100),), has_permit=True)
    assert _missing(method, inputs) == ("permit_m3",)


def test_a_rule_may_leave_out_what_is_unknown() -> None:
    method = _method(method="minimum", of=OF_THREE, if_missing="leave_out")
    assert _allowance(method, inputs_of(2000)).value == 2000
    assert _missing(method, inputs_of()) == ("norm", "year_use", "design_m3")


def test_years_that_are_missing_are_replaced_by_the_design_figure() -> None:
    method = _method(method="several_year_mean", years="3")
    assert _allowance(method, inputs_of(design_m3=Decimal(500))).value == 500
    assert _missing(method, inputs_of()) == ("year_use", "design_m3")


def test_the_first_way_that_is_known_is_taken() -> None:
    method = _method(
        method="first_known", of=[{"method": "norm"}, {"method": "several_year_mean", "years": "3"}]
    )
    assert _allowance(method, inputs_of(700)).value == 700
    assert _allowance(method, inputs_of(700, activities=(activity_of(4),))).value == 100
    assert _missing(method, inputs_of()) == ("norm", "year_use", "design_m3")


@pytest.mark.parametrize("way", ["permit", "supply", "design", "proposal"])
def test_a_given_figure_is_taken_over_or_unknown(way: str) -> None:
    method = _method(method=way)
    assert _allowance(method, inputs_of(**{f"{way}_m3": Decimal(42)})).value == 42
    assert _missing(method, inputs_of()) == (f"{way}_m3",)


def test_a_pool_is_shared_equally() -> None:
    method = _method(method="equal_share", rounding={"step": "1", "to": "down"})
    assert _allowance(method, inputs_of(pool_m3=Decimal(100), pool_count=3)).value == 33
    assert _missing(method, inputs_of(pool_m3=Decimal(100))) == ("pool_m3",)


def test_a_known_zero_stays_zero() -> None:
    assert _allowance(_method(method="several_year_mean", years="3"), inputs_of(0, 0, 0)).value == 0


def test_an_allowance_cites_its_rule_and_its_norm() -> None:
    method = _method(method="minimum", of=OF_THREE)
    allowance = _allowance(method, inputs_of(9000, activities=(activity_of(100),)))
    assert {each.rule for each in allowance.citations} == {"allowances/method", "norms/made-up-norms/n1"}
    assert not allowance.is_trial


def test_parts_take_over_what_they_do_not_say_themselves() -> None:
    method = _method(
        method="first_known",
        coefficient="0.9",
        of=[{"method": "several_year_mean", "years": "3", "coefficient": "0.8"}],
    )
    assert method.years.coefficient == Decimal("0.9")
    assert method.of[0].years.coefficient == Decimal("0.8")


@pytest.mark.parametrize(
    "fields",
    [
        {"method": "minimum"},
        {"method": "norm", "of": [{"method": "permit"}]},
        {"method": "norm", "level_new": "best"},
        {"method": "norm", "rounding": {"step": "0"}},
        {"method": "norm", "rounding": {"to": "sideways"}},
        {"method": "norm", "colour": "blue"},
        {"method": "several_year_mean"},
        {"method": "several_year_mean", "years": "2.5"},
        {"method": "several_year_mean", "years": "1", "least_years": "2"},
        {"method": "several_year_mean", "years": "3", "growth": "sometimes"},
        {"method": "several_year_mean", "years": "3", "coefficient": "much"},
    ],
)
def test_a_record_that_says_something_else_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadRuleError):
        _method(**fields)


def test_a_method_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownMethodError, match="minimum"):
        _method(method="dice")


def test_changes_come_before_rounding_and_stop_at_what_is_unknown() -> None:
    method = _method(method="proposal", rounding={"step": "10", "to": "down"})
    inputs = inputs_of(proposal_m3=Decimal(100))

    def less(worked: Worked) -> Worked:
        return Worked(exact=worked.exact - 5, steps=worked.steps)

    outcome = planned_allowance(method, inputs, changes=(less, less))
    assert isinstance(outcome, Derived) and outcome.value == 90
    unknown = planned_allowance(method, inputs, changes=(lambda _: Unknown(missing=("cut_share",)), less))
    assert unknown == Unknown(missing=("cut_share",))


def test_a_whole_figure_needs_no_step_of_rounding() -> None:
    method = _method(method="proposal")
    worked = work_out(method, inputs_of(proposal_m3=Decimal(7)))
    assert isinstance(worked, Worked)
    assert round_off(worked, method).steps == worked.steps
