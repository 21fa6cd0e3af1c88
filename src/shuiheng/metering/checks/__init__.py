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

Check = Callable[[MeterRecord, CheckRules], tuple[Finding, ...]]
CHECKS: tuple[tuple[str, Check], ...] = (
    ("V1", check_each_instant_has_one_register),
    ("V2", check_readings_follow_each_other),
    ("V3", check_registers_rise),
    ("V4", check_rollovers_are_told),
    ("V5", check_no_register_runs_backwards),
    ("V6", check_exchanges_are_whole),
    ("V7", check_meter_turns),
    ("V8", check_days_are_possible),
    ("V9", check_no_spike_in_a_month),
    ("V10", check_household_rests),
    ("V14", check_clock_runs_true),
    ("V16", check_units_stay),
    ("plateau", check_no_plateau_comes_again),
    ("sizing", check_meter_fits_its_flow),
)
"""The checks that need nothing but the record of one meter, each with the rule that it carries out."""


def check_meter(record: MeterRecord, rules: CheckRules) -> tuple[Finding, ...]:
    """Return what every check of a single meter finds, in the order of the list."""
    return tuple(finding for _, finding in findings_by_rule(record, rules))


def findings_by_rule(record: MeterRecord, rules: CheckRules) -> tuple[tuple[str, Finding], ...]:
    """Return what every check of a single meter finds, each with the id of its rule."""
    return tuple((rule, finding) for rule, check in CHECKS for finding in check(record, rules))


__all__ = [
    "CHECKS",
    "PARAMETERS",
    "CheckRule",
    "CheckRules",
    "MeterRecord",
    "check_meter",
    "findings_by_rule",
    "interval_rules",
    "longest_gap",
    "record_of",
]
