"""Reminders go to those who lack a report, not twice, and not too often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from shuiheng.adapters.records.models import (
    Account,
    Channel,
    Event,
    Message,
    Organisation,
    Progress,
    ReportingPeriod,
    Role,
)
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city, join
from shuiheng.services.remind import remind
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(officer: Account) -> ReportingPeriod:
    plan = make_plan(officer)
    water, farms = make_unit("水利局"), make_unit("农业农村局")
    make_task(plan, "改造灌区", water, joint=(farms,))
    make_task(plan, "装计量设施", water)
    make_task(plan, "推广喷灌", farms)
    return make_period(plan, officer)


def _units() -> list[int]:
    return list(Organisation.objects.values_list("pk", flat=True))


def test_each_unit_that_leads_and_has_not_reported_gets_one_message(
    officer: Account, period: ReportingPeriod
) -> None:
    done = remind(officer, period.pk, _units(), [Channel.SITE])
    assert done.written == 2
    texts = {
        message.organisation.name: message.text for message in Message.objects.all() if message.organisation
    }
    assert "2项" in texts["水利局"]
    assert "1项" in texts["农业农村局"]
    assert Event.objects.filter(action="reminder.written").count() == 1


def test_a_unit_that_filed_everything_gets_none(officer: Account, period: ReportingPeriod) -> None:
    for task in period.plan.register_tasks.all():
        for part in task.parties.filter(role="lead"):
            Progress.objects.create(period=period, task=task, organisation=part.organisation, state="filed")
    assert remind(officer, period.pk, _units(), [Channel.SITE]).written == 0


def test_reminding_again_within_the_days_writes_nothing_and_says_to_whom(
    officer: Account, period: ReportingPeriod
) -> None:
    remind(officer, period.pk, _units(), [Channel.SITE])
    again = remind(officer, period.pk, _units(), [Channel.SITE])
    assert again.written == 0
    assert set(again.too_soon) == {"水利局", "农业农村局"}
    assert Message.objects.count() == 2


def test_after_the_days_a_unit_is_reminded_again(officer: Account, period: ReportingPeriod) -> None:
    remind(officer, period.pk, _units(), [Channel.SITE])
    for message in Message.objects.all():
        message.created_at = timezone.now() - timedelta(days=4)
        message.key = f"earlier/{message.pk}"
        message.save()
    assert remind(officer, period.pk, _units(), [Channel.SITE]).written == 2


def test_a_channel_that_is_not_set_up_is_refused(officer: Account, period: ReportingPeriod) -> None:
    with pytest.raises(ServiceError) as refused:
        remind(officer, period.pk, _units(), [Channel.SMS])
    assert refused.value.code == "services.channel_closed"


def test_a_reader_may_not_remind(reader: Account, period: ReportingPeriod) -> None:
    with pytest.raises(NotPermittedError):
        remind(reader, period.pk, _units(), [Channel.SITE])


def test_an_officer_of_another_city_does_not_find_the_period(period: ReportingPeriod) -> None:
    stranger = Account.objects.create(username="stranger")
    join(stranger, found_city("远山市"), Role.OFFICE_CLERK)
    with pytest.raises(NotThereError):
        remind(stranger, period.pk, _units(), [Channel.SITE])


def test_a_reminder_by_mail_leads_to_the_form_of_the_unit(
    officer: Account, period: ReportingPeriod, settings: Settings
) -> None:
    settings.MAIL_IS_ON = True
    water = Organisation.objects.get(name="水利局")
    remind(officer, period.pk, [water.pk], [Channel.MAIL])
    assert Message.objects.get().text.endswith(f"\n/reporting/{period.pk}/{water.pk}/")
