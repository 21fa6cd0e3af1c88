"""What waits is counted up to its day and not a day before, and what was dealt with is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from metered_city import MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records import queries_home as rows
from shuiheng.adapters.records.models import (
    Account,
    FindingDecision,
    MeterFiling,
    MeterFinding,
    PublicReport,
    Rectification,
    RectificationState,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from working_office import make_plan, make_unit

pytestmark = pytest.mark.django_db
DAY, MONTH, LAST_DAY = date(2026, 5, 2), date(2026, 4, 1), date(2026, 4, 30)
NOW = datetime(2026, 5, 2, tzinfo=UTC)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    office = the_office()
    return metered_city(office.place, office, "东港区")


@pytest.fixture
def seen(officer: Account) -> Sight:
    return sight(officer, Action.READINGS_LOOK)


def test_what_is_due_today_is_not_late(officer: Account) -> None:
    plan = make_plan(officer)
    for due in (DAY, DAY - timedelta(days=1)):
        for state in (RectificationState.OPEN, RectificationState.CLOSED):
            Rectification.objects.create(
                plan=plan,
                organisation=make_unit(f"某局{due}{state}"),
                fault="漏损",
                found_on=MONTH,
                due_on=due,
                state=state,
                opened_by=officer,
            )
    seen = sight(officer, Action.RECTIFICATION_LOOK)
    assert rows.late_rectifications(seen, DAY).count() == 1
    assert rows.open_rectifications(seen).count() == 2
    assert rows.submitted_rectifications(seen).count() == 0


def test_a_dismissed_finding_is_no_silent_meter(city: MeteredCity, seen: Sight) -> None:
    meter = city.meter(city.user("青禾纸厂", city.districts[0]))
    plain = {"meter": meter, "rule": "V1", "severity": "warn", "found_at": NOW}
    MeterFinding.objects.create(code=rows.SILENT, mark="a", **plain)
    MeterFinding.objects.create(code=rows.SILENT, mark="b", decision=FindingDecision.DISMISSED, **plain)
    MeterFinding.objects.create(code="metering.gap", mark="c", **plain)
    assert rows.silent_meters(seen).count() == 1


def test_a_meter_is_without_volume_until_its_month_is_settled(city: MeteredCity, seen: Sight) -> None:
    first, second = (city.meter(city.user(name, city.districts[0])) for name in ("青禾纸厂", "青禾食品厂"))
    assert rows.unsettled_meters(seen, MONTH, LAST_DAY).count() == 2
    settle(first, MONTH, 1000)
    settle(second, date(2026, 3, 1), 1000)
    found = rows.unsettled_meters(seen, MONTH, LAST_DAY)
    assert [each.subject_id for each in found] == [second.pk]


def test_a_filed_or_read_meter_is_not_unfiled(city: MeteredCity, seen: Sight, officer: Account) -> None:
    first, second, third = (
        city.meter(city.user(name, city.districts[0])) for name in ("青禾纸厂", "青禾食品厂", "青禾医院")
    )
    settle(first, MONTH, 1000)
    MeterFiling.objects.create(
        meter=second, month=MONTH, read_at=NOW, register_litres=5000, filed_by=officer, filed_at=NOW
    )
    found = rows.unfiled_meters(seen, MONTH, LAST_DAY)
    assert [each.subject_id for each in found] == [third.pk]


def test_an_account_without_a_role_on_the_day_is_found(officer: Account) -> None:
    admin = Account.objects.create(username="nobody")
    on = timezone.localdate()

    class _All:
        grain = None

        def __call__(self, table: type) -> object:
            return table._default_manager.all()

    found = rows.accounts_without_role(_All(), on)  # type: ignore[arg-type]  # sees everything
    assert list(found) == [admin]


def test_a_report_of_the_public_is_late_the_day_after(officer: Account) -> None:
    place = officer.memberships.get().organisation.place
    for number, due in (("1", DAY), ("2", DAY - timedelta(days=1))):
        PublicReport.objects.create(
            place=place,
            number=number,
            code_digest=number,
            form_digest=number,
            kind="leak",
            words="漏水",
            words_digest=number,
            spot="某路",
            received_at=NOW,
            pace="usual",
            triage_by=DAY,
            due_on=due,
        )
    seen = sight(officer, Action.PUBLIC_REPORTS_LOOK)
    assert rows.late_public_reports(seen, DAY).get().number == "2"
    assert rows.unanswered_public_reports(seen).count() == 2
