"""The way back in from the machine itself."""

from __future__ import annotations

import pytest
from django.utils import timezone

from administrators import bind, security_administrator
from shuiheng.adapters.records.models import Account, Event, Membership
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.recover_account import recover_account
from shuiheng.services.second_factor import has_second_factor

pytestmark = pytest.mark.django_db


def test_a_locked_out_administrator_gets_a_temporary_password_and_no_other_right() -> None:
    chief = security_administrator()
    bind(chief, timezone.now())
    Account.objects.filter(pk=chief.pk).update(is_active=False)
    held = Membership.objects.count()
    password = recover_account("secadmin", reason="手机遗失，经主任同意")
    chief = Account.objects.get(pk=chief.pk)
    assert chief.is_active and chief.must_change_password and chief.check_password(password)
    assert not has_second_factor(chief) and Membership.objects.count() == held
    event = Event.objects.get(action="account.recovered")
    assert event.reason == "手机遗失，经主任同意" and password not in str(event.after)


def test_a_reason_is_needed_and_a_closed_account_stays_closed() -> None:
    chief = security_administrator()
    with pytest.raises(ServiceError, match="reason_needed"):
        recover_account("secadmin", reason=" ")
    with pytest.raises(NotThereError):
        recover_account("nobody", reason="x")
    Account.objects.filter(pk=chief.pk).update(closed_at=timezone.now(), is_active=False)
    with pytest.raises(ServiceError, match="closed"):
        recover_account("secadmin", reason="x")
