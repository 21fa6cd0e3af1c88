"""Cited editions must be in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from plans.checks.faulty import cited
from shuiheng.kernel import Severity


def test_an_edition_in_force_gives_nothing() -> None:
    assert [f for f in cited(number="GB/T 1-2022").findings() if "edition" in f.code] == []


def test_replaced_before_the_issue_weighs_more_than_replaced_since() -> None:
    assert [f.severity for f in cited().findings("plans.edition_was_replaced")] == [Severity.WARN]
    since = cited(issued=date(2022, 10, 31)).findings("plans.edition_replaced_since")
    assert [f.severity for f in since] == [Severity.NOTE]
    assert dict(since[0].values)["since"] == "2022-11-01"


def test_before_the_new_edition_starts_the_old_one_holds() -> None:
    case = replace(cited(issued=date(2021, 1, 1)), as_of=date(2022, 10, 31))
    assert [f for f in case.findings() if "edition" in f.code] == []


def test_a_source_that_the_rulebook_does_not_know_gives_nothing() -> None:
    case = cited()
    unknown = replace(case.plan.sources[0], title="未知标准", number="GB/T 9-2001")
    assert [
        f
        for f in replace(case, plan=replace(case.plan, sources=(unknown,))).findings()
        if "edition" in f.code
    ] == []


def test_the_link_of_the_compiler_wins_over_the_words() -> None:
    case = cited()
    linked = replace(case.plan.sources[0], source="norm-2022")
    assert [
        f for f in replace(case, plan=replace(case.plan, sources=(linked,))).findings() if "edition" in f.code
    ] == []
