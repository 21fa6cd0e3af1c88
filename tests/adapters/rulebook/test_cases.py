"""Worked cases are read with exact numbers, and their rules come from the rulebook or stand in the case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.cases import read_cases, shipped_cases
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import DatedValue, Mark, Parameter, Shape
from shuiheng.rules.worked_case import WorkedCase

RULES = Rulebook(
    {
        "charges/late_fee": Parameter(
            id="charges/late_fee",
            names={"zh": "滞纳金", "en": "Late fee"},
            unit="",
            shape=Shape.RECORD,
            fields={"rate_per_day": "ratio"},
            values=(
                DatedValue(
                    rule="charges/late_fee",
                    area="9901",
                    valid_from=date(2026, 1, 1),
                    value={"rate_per_day": Decimal("0.005")},
                    source="demo-rules",
                    clause="第三条",
                    mark=Mark.FOUND,
                    recorded_on=date(2026, 1, 1),
                ),
            ),
        )
    }
)
CASES = """
cases:
  - id: ten_days
    kind: late_fee
    name: {zh: 迟十日, en: Ten days late}
    given: {amount: "1000.00", due: 2026-05-04, parts: ["1", {of: "2", word: 分期}], note: null}
    rules:
      late_fee: {rule: charges/late_fee, area: "990102", day: 2026-05-04}
      other: {rule: charges/late_fee, value: {rate_per_day: "0.002"}}
    expected: {fee: "50.00"}
    basis: by hand
checked: {day: null, by: null}
"""


def read(folder: Path, text: str) -> tuple[WorkedCase, ...]:
    place = folder / "cases" / "charges"
    place.mkdir(parents=True)
    (place / "late.yaml").write_text(text, encoding="utf-8")
    return read_cases(folder, "charges", RULES)


def test_a_case_has_exact_numbers_words_and_days(tmp_path: Path) -> None:
    (case,) = read(tmp_path, CASES)
    assert (case.id, case.kind, case.basis) == ("charges/late/ten_days", "late_fee", "by hand")
    assert case.given == {
        "amount": Decimal("1000.00"),
        "due": "2026-05-04",
        "parts": (Decimal(1), {"of": Decimal(2), "word": "分期"}),
    }
    assert str(case.expected["fee"]) == "50.00"


def test_its_rules_come_from_the_rulebook_or_from_the_case_and_do_not_bind(tmp_path: Path) -> None:
    (case,) = read(tmp_path, CASES)
    assert case.rules["late_fee"].area == "9901"
    assert case.rules["other"].value == {"rate_per_day": Decimal("0.002")}
    assert not any(value.is_binding for value in case.rules.values())


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("id: ten_days", "id: Ten days", "is no id"),
        ("kind: late_fee", "sort: late_fee", "unknown field `sort`"),
        (", en: Ten days late", "", "`en` is missing"),
        ('"1000.00"', "1000.00", "no quotes"),
        ('"1000.00"', "1000", "no quotes"),
        ("rule: charges/late_fee, area", "rule: charges/none, area", "no rule"),
        ("day: 2026-05-04}\n      other", "day: 2025-05-04}\n      other", "not_in_force"),
        (
            "day: 2026-05-04}\n      other",
            'day: 2026-05-04, value: {rate_per_day: "1"}}\n      other',
            "both",
        ),
        ("rate_per_day:", "rate:", "unknown field `rate`"),
        ('    expected: {fee: "50.00"}\n', "", "`expected` is missing"),
        ("    basis: by hand\n", "", "`basis` is missing"),
        ("checked: {day: null, by: null}", "", "`checked` is missing"),
    ],
)
def test_a_broken_case_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in CASES
    with pytest.raises(RulebookError) as caught:
        read(tmp_path, CASES.replace(old, new, 1))
    assert reason in str(caught.value)


def test_two_cases_of_one_id_are_refused(tmp_path: Path) -> None:
    entry = CASES[CASES.index("  - id") : CASES.index("checked")]
    with pytest.raises(RulebookError, match="stands twice"):
        read(tmp_path, CASES.replace("checked", entry + "checked", 1))


def test_a_room_without_cases_has_none(tmp_path: Path) -> None:
    assert read_cases(tmp_path, "charges", RULES) == ()
    assert all(case.id.startswith("allowances/") for case in shipped_cases("allowances"))
