"""The rules by which readings are checked, in the rulebook."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from places import PACKAGE
from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.metering_checks import Mark, metering_checks, read_metering_checks
from shuiheng.metering.checks.verification import Standing


def _with(folder: Path, file: str, old: str, new: str) -> Path:
    """Copy the shipped rules and change one of them."""
    for part in ("metering", "sources"):
        shutil.copytree(PACKAGE / "rulebook" / part, folder / part)
    place = folder / "metering" / file
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def test_the_shipped_rules_load() -> None:
    shipped = metering_checks()
    assert len(shipped.rules) == 20
    assert shipped.rules["V7"].whole("industry_days") == 3
    assert shipped.rules["V12"].share("alarm_share") == Fraction(1, 5)
    assert shipped.actions["V1"] == "hold"
    assert shipped.estimates.linear_seconds == 7200
    assert shipped.blocks_surcharge_share == Fraction(1, 5)
    assert shipped.verification.limited_life == ((25, 6), (50, 4))
    assert shipped.verification.grades[Standing.EXPIRED] == "C"


def test_each_figure_says_how_it_was_come_by() -> None:
    figures = metering_checks().parameters
    assert all((each.mark is Mark.DEFAULT) == (each.origin is None) for each in figures.values())
    assert figures["V9", "excess_share"].mark is Mark.KNOWN
    assert figures["V3", "tolerance_litres"].unit == "L"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('value: "25", unit: h', 'value: "25.5", unit: h', "not whole"),
        ('value: "0.90", unit: share', 'value: "1.01", unit: share', "above 1"),
        ('value: "0.90", unit: share', 'value: "-0.1", unit: share', "below 0"),
        ('value: "0.90", unit: share', 'value: "NaN", unit: share', "not a number"),
        ('value: "0.90", unit: share', "value: 0.90, unit: share", "no quotes"),
        ("mark: known", "mark: law", "unknown mark"),
        ('value: "40", unit: mm, mark: default', 'value: "40", unit: mm, mark: found', "names its text"),
        ("unit: steps, mark: default", "unit: steps, mark: default, origin: a book", "names its text"),
        ("source: ha-zhengzhou-water-saving-2007", "source: nowhere", "no source"),
        ("longest_daily_hours", "longest_daily_hour", "unknown field"),
        ("  V9:\n", "  V99:\n", "unknown field"),
        ("action: zone", "action: sleep", "unknown action"),
        ("{zh: 尖峰, en: No spike in a month}", "{zh: 尖峰}", "`en` is missing"),
        ('linear_hours: {value: "2"', 'linear_hours: {value: "999"', "not in order"),
        ('months: {value: "3"', 'months: {value: "0"', "look at nothing"),
        ("checked: {day: null, by: null}", "", "checked"),
    ],
)
def test_a_rule_that_is_not_whole_does_not_load(tmp_path: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(RulebookError, match=reason):
        read_metering_checks(_with(tmp_path, "checks.yaml", old, new))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("largest_nominal_mm: 25", "largest_nominal_mm: 50", "do not rise"),
        ("source: jjg-162-2019", "source: nowhere", "no source"),
        ("  source: jjg-162-2019\n", "", "names its text"),
        ("  expired: C\n", "", "`expired` is missing"),
        ("cycle_years: 2", "cycle_years: two", "expected int"),
    ],
)
def test_verification_rules_that_are_not_whole_do_not_load(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    with pytest.raises(RulebookError, match=reason):
        read_metering_checks(_with(tmp_path, "verification.yaml", old, new))
