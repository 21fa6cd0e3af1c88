"""Terms of permits: runs of idle months, years, what rules say and where they say nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.allowances.permit_terms import (
    Idle,
    PermitLife,
    PermitStatus,
    PermitTerms,
    idle_run,
    permit_standing,
    permit_terms,
    renewal_due_on,
    void_after,
    years_after,
)
from shuiheng.rules.parameter import Asked

TERMS = permit_terms(shipped_rulebook(), Asked(area="", on=date(2026, 1, 1)))
MONTHS = [date(2025, month, 1) for month in (1, 2, 3, 4)]
ZERO, SOME = Decimal(0), Decimal(5)


def _codes(life: PermitLife, on: date) -> list[str]:
    return [each.finding.code for each in permit_standing(life, TERMS, on=on, lead_days=90).findings]


def test_the_terms_are_those_of_the_regulation() -> None:
    rules = (TERMS.renewal_days_before, TERMS.unbuilt_years_void, TERMS.idle_years_cancelled)
    assert [each.value for each in rules if each is not None] == [Decimal(45), Decimal(3), Decimal(2)]


def test_before_the_regulation_nothing_is_said() -> None:
    terms = permit_terms(shipped_rulebook(), Asked(area="", on=date(1990, 1, 1)))
    life = PermitLife(subject="p", expires_on=date(1990, 1, 2), approved_on=date(1980, 1, 1))
    standing = permit_standing(life, terms, on=date(1990, 1, 1), lead_days=0)
    assert (standing.findings, standing.renewal_due_on, standing.report_due_on) == ((), None, None)
    assert (renewal_due_on(life.expires_on, terms), void_after(life.approved_on, terms)) == (None, None)


@pytest.mark.parametrize(
    ("volumes", "run"),
    [
        ([ZERO, ZERO, ZERO, ZERO], Idle(since=date(2025, 1, 1))),
        ([SOME, ZERO, ZERO, ZERO], Idle(since=date(2025, 2, 1))),
        ([ZERO, ZERO, ZERO, SOME], Idle(since=None)),
        ([ZERO, None, ZERO, ZERO], Idle(since=date(2025, 1, 1), has_gaps=True)),
        ([None, ZERO, ZERO, ZERO], Idle(since=date(2025, 2, 1))),
        ([ZERO, ZERO, ZERO, None], Idle(since=date(2025, 1, 1), has_gaps=True)),
        ([SOME, None, None, None], Idle(since=None)),
        ([None, None, None, None], None),
    ],
)
def test_a_run_of_idle_months_ends_at_the_first_known_use(
    volumes: list[Decimal | None], run: Idle | None
) -> None:
    assert idle_run(list(zip(MONTHS, volumes, strict=True))) == run


def test_an_idle_permit_that_the_authority_keeps_is_not_told_of() -> None:
    idle = Idle(since=date(2023, 1, 1))
    life = PermitLife(subject="p", idle=idle)
    kept = PermitLife(subject="p", idle=idle, is_idle_kept=True)
    assert _codes(life, date(2026, 1, 1)) == ["permits.idle"]
    assert _codes(kept, date(2026, 1, 1)) == []


@pytest.mark.parametrize(
    ("begins", "ends", "reported", "codes"),
    [
        (date(2025, 12, 31), date(2030, 1, 1), set(), ["permits.report_missing"]),
        (date(2026, 1, 1), date(2030, 1, 1), set(), []),
        (date(2020, 1, 1), date(2030, 1, 1), {2025}, []),
        (date(2020, 1, 1), date(2030, 1, 1), {2024}, ["permits.report_missing"]),
        (date(2020, 1, 1), None, set(), ["permits.report_missing"]),
        (None, None, set(), []),
    ],
)
def test_the_report_of_the_last_year_is_missed_when_the_permit_held_on_its_last_day(
    begins: date | None, ends: date | None, reported: set[int], codes: list[str]
) -> None:
    life = PermitLife(subject="p", begins_on=begins, expires_on=ends, reported=frozenset(reported))
    found = [code for code in _codes(life, date(2026, 1, 1)) if code == "permits.report_missing"]
    assert found == codes


@given(
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), ahead=st.integers(-400, 400), lead=st.integers(0, 120)
)
def test_a_status_follows_the_days_and_never_goes_back(day: date, ahead: int, lead: int) -> None:
    life = PermitLife(subject="p", expires_on=day + timedelta(days=ahead))
    order = [PermitStatus.RUNNING, PermitStatus.NEAR, PermitStatus.LATE, PermitStatus.EXPIRED]
    now, next_day = (
        permit_standing(life, TERMS, on=on, lead_days=lead) for on in (day, day + timedelta(days=1))
    )
    assert order.index(now.status) <= order.index(next_day.status)
    assert now.days_left == ahead
    assert (now.status is PermitStatus.EXPIRED) is (ahead < 0)


@given(day=st.dates(date(1990, 1, 1), date(2100, 1, 1)), years=st.integers(1, 10))
def test_years_end_on_the_same_date_or_at_the_end_of_february(day: date, years: int) -> None:
    later = years_after(day, years)
    assert later.year == day.year + years
    assert (later.month, later.day) == (day.month, min(day.day, 28) if later.month == 2 else day.day) or (
        later.month == 2 and later.day == 29 == day.day
    )


def test_a_permit_without_rules_only_runs_and_ends() -> None:
    life = PermitLife(subject="p", expires_on=date(2026, 1, 10))
    standing = permit_standing(life, PermitTerms(), on=date(2026, 1, 10), lead_days=0)
    assert (standing.status, standing.days_left) == (PermitStatus.NEAR, 0)
