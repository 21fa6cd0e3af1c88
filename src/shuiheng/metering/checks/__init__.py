"""The checks of readings: V1 to V16 of the field's list, and the facts of metrology beside them.

In: a `MeterRecord` of one meter, volumes of groups, and the rules of the rulebook. Out:
findings, each with its arithmetic. Nothing is changed by a check.
"""

from __future__ import annotations

from collections.abc import Callable

from shuiheng.kernel import Finding
from shuiheng.metering.checks.evidence import check_clock_runs_true, check_each_instant_has_one_register
from shuiheng.metering.checks.flows import (
    check_days_are_possible,
    check_household_rests,
    check_meter_turns,
    check_no_spike_in_a_month,
)
from shuiheng.metering.checks.gaps import check_readings_follow_each_other
from shuiheng.metering.checks.record import MeterRecord, interval_rules, longest_gap, record_of
from shuiheng.metering.checks.registers import (
    check_exchanges_are_whole,
    check_no_register_runs_backwards,
    check_registers_rise,
    check_rollovers_are_told,
)
from shuiheng.metering.checks.rule import PARAMETERS, CheckRule, CheckRules
from shuiheng.metering.checks.sizing import check_meter_fits_its_flow
from shuiheng.metering.checks.tampering import check_no_plateau_comes_again
from shuiheng.metering.checks.unit_jumps import check_units_stay

CHECKS: tuple[Callable[[MeterRecord, CheckRules], tuple[Finding, ...]], ...] = (
    check_each_instant_has_one_register,
    check_readings_follow_each_other,
    check_registers_rise,
    check_rollovers_are_told,
    check_no_register_runs_backwards,
    check_exchanges_are_whole,
    check_meter_turns,
    check_days_are_possible,
    check_no_spike_in_a_month,
    check_household_rests,
    check_clock_runs_true,
    check_units_stay,
    check_no_plateau_comes_again,
    check_meter_fits_its_flow,
)
"""The checks that need nothing but the record of one meter."""


def check_meter(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return what every check of a single meter finds, in the order of the list."""
    return tuple(finding for check in CHECKS for finding in check(record, rules))


__all__ = [
    "CHECKS",
    "PARAMETERS",
    "CheckRule",
    "CheckRules",
    "MeterRecord",
    "check_meter",
    "interval_rules",
    "longest_gap",
    "record_of",
]
