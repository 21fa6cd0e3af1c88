"""One-time links: for whom they are issued, and what is kept of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from administrators import department, person
from shuiheng.adapters.records.models import (
    Account,
    Event,
    Organisation,
    RegisterTask,
    ReportingPeriod,
    Role,
    SignedLink,
)
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.found_city import found_city
from shuiheng.services.issue_link import is_usable, issue_link, revoke_link
from working_office import make_period, make_plan, make_task

pytestmark = pytest.mark.django_db
Place = tuple[Organisation, RegisterTask, ReportingPeriod]


@pytest.fixture
def place(officer: Account) -> Place:
    unit, plan = department(), make_plan(officer)
    return unit, make_task(plan, "完成管网改造", unit), make_period(plan, officer)


def _issue(actor: Account, place: Place) -> tuple[SignedLink, str, str]:
    unit, task, period = place
    made = issue_link(actor, organisation=unit.pk, task=task.pk, period=period.pk)
    return made.link, made.token, made.code


def test_a_link_and_its_code_are_kept_as_hashes_only(officer: Account, place: Place) -> None:
    link, token, code = _issue(officer, place)
    kept = str(SignedLink.objects.filter(pk=link.pk).values().get())
    assert token not in kept and code not in kept and len(token) >= 43 and len(code) == 8
    event = Event.objects.get(action="link.issued")
    assert token not in str(event.after) and code not in str(event.after)
    assert timedelta(days=13) < link.expires_at - timezone.now() <= timedelta(days=14)


def test_a_newer_link_ends_the_older(officer: Account, place: Place) -> None:
    first, second = _issue(officer, place)[0], _issue(officer, place)[0]
    first.refresh_from_db()
    assert not is_usable(first) and is_usable(second)


def test_only_the_office_of_the_city_issues(officer: Account, place: Place) -> None:
    with pytest.raises(NotPermittedError):
        _issue(person("wang", None, Role.READER), place)
    other = person("far", found_city("远山市", slug="far"), Role.OFFICE_CLERK)
    with pytest.raises(NotThereError):
        _issue(other, place)
    link = _issue(officer, place)[0]
    with pytest.raises(NotThereError):
        revoke_link(other, link.pk)


def test_a_unit_without_a_part_and_a_frozen_period_get_none(officer: Account, place: Place) -> None:
    unit, task, period = place
    with pytest.raises(ServiceError, match="link_unfit"):
        _issue(officer, (department("青禾市财政局"), task, period))
    other_plan = make_plan(officer, "other")
    with pytest.raises(ServiceError, match="link_unfit"):
        _issue(officer, (unit, task, make_period(other_plan, officer)))
    ReportingPeriod.objects.filter(pk=period.pk).update(frozen_at=timezone.now())
    with pytest.raises(ServiceError, match="link_unfit"):
        _issue(officer, place)


def test_a_revoked_link_is_over(officer: Account, place: Place) -> None:
    link = _issue(officer, place)[0]
    assert not is_usable(revoke_link(officer, link.pk))
    with pytest.raises(ServiceError, match="link_over"):
        revoke_link(officer, link.pk)


def test_a_unit_that_has_ended_answers_no_link(officer: Account, place: Place) -> None:
    link = _issue(officer, place)[0]
    Organisation.objects.filter(pk=place[0].pk).update(to_on=timezone.localdate())
    link.organisation.refresh_from_db()
    assert not is_usable(link)
