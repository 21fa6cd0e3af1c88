"""An approved award is paid once, on a day that can be, with a receipt."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from services.awards.made_up import City
from shuiheng.services.awards.budget import committed_yuan
from shuiheng.services.awards.decide_award import revoke_award
from shuiheng.services.awards.pay_award import pay_award
from shuiheng.services.errors import NotPermittedError, ServiceError

pytestmark = pytest.mark.django_db


def test_a_payment_has_a_day_between_approval_and_today_and_a_receipt(city: City) -> None:
    scheme = city.scheme()
    award, today = city.granted(city.user("甲厂"), scheme), timezone.localdate()
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(ServiceError, match=r"awards\.bad_pay_day"):
            pay_award(city.clerk, award.pk, on=day, receipt="财付1号")
    with pytest.raises(ServiceError, match=r"awards\.receipt_needed"):
        pay_award(city.clerk, award.pk, on=today, receipt=" ")
    with pytest.raises(NotPermittedError):
        pay_award(city.reviewer, award.pk, on=today, receipt="财付1号")
    paid = pay_award(city.clerk, award.pk, on=today, receipt="财付1号")
    assert (paid.state, paid.paid_on, paid.paid_by) == ("paid", today, city.clerk)
    assert committed_yuan(scheme) == 50000
    with pytest.raises(ServiceError, match=r"awards\.wrong_state"):
        pay_award(city.clerk, award.pk, on=today, receipt="财付1号")
    with pytest.raises(ServiceError, match=r"awards\.wrong_state"):
        revoke_award(city.leader, award.pk, reason="误批")
