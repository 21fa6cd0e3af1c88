"""Reminders go to users of the office's own city that have not filed an open month."""

from __future__ import annotations

import pytest

from filing import Filer, make_filer
from shuiheng.adapters.records.models import Account, Channel, Message, Role
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.found_city import found_city, join
from shuiheng.services.readings.file_month import file_month
from shuiheng.services.readings.remind_filing import remind_filers

pytestmark = pytest.mark.django_db


@pytest.fixture
def filer(officer: Account) -> Filer:
    return make_filer(officer)


def _remind(actor: Account, filer: Filer) -> tuple[int, tuple[str, ...]]:
    done = remind_filers(actor, filer.month.month, [filer.user.organisation_id], [Channel.SITE])
    return done.written, done.too_soon


def test_who_is_missing_is_reminded_once_and_who_has_filed_is_not(officer: Account, filer: Filer) -> None:
    assert _remind(officer, filer) == (1, ())
    assert _remind(officer, filer) == (0, ("青禾印染厂",))
    done = make_filer(officer, "青禾食品厂")
    file_month(done.account, done.month.month, [done.typed("5")])
    assert _remind(officer, done) == (0, ())
    assert Message.objects.get().organisation == filer.user.organisation


def test_an_office_of_another_city_reminds_nobody_here(filer: Filer) -> None:
    stranger = Account.objects.create(username="zhou")
    join(stranger, found_city("临江市", slug="linjiang"), Role.OFFICE_CLERK)
    assert _remind(stranger, filer) == (0, ())
    with pytest.raises(NotPermittedError):
        _remind(filer.account, filer)


def test_without_a_way_or_for_a_closed_month_nothing_is_written(officer: Account, filer: Filer) -> None:
    with pytest.raises(ServiceError, match="channel_closed"):
        remind_filers(officer, filer.month.month, [], [])
    with pytest.raises(ServiceError, match="closed"):
        remind_filers(officer, filer.month.month.replace(year=2020), [], [Channel.SITE])
    assert not Message.objects.exists()
