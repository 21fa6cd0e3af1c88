"""Notes for all rows must be seen."""

from __future__ import annotations

from dataclasses import replace

from plans.checks.faulty import bound

CODE = "plans.note_binds_all_rows"


def test_a_note_that_binds_units_is_told_and_other_conventions_are_not() -> None:
    case = bound()
    assert dict(case.findings(CODE)[0].values)["units"] == "各县"
    other = tuple(replace(each, code="first_is_lead") for each in case.plan.conventions)
    assert replace(case, plan=replace(case.plan, conventions=other)).findings(CODE) == ()
