"""An applicant is told what the office decided, once, and not of what it did itself."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.awards.made_up import City
from shuiheng.adapters.records.models import Message
from shuiheng.services.awards.decide_award import reject_award, revoke_award, withdraw_award
from shuiheng.services.awards.pay_award import pay_award

pytestmark = pytest.mark.django_db


def _told(name: str) -> list[tuple[str, str]]:
    rows = Message.objects.filter(organisation__name=name, kind__startswith="award_").order_by("pk")
    return list(rows.values_list("kind", "text"))


def test_approval_and_payment_are_told_with_the_amount(city: City) -> None:
    award = city.granted(city.user("甲厂"), city.scheme())
    pay_award(city.clerk, award.pk, on=timezone.localdate(), receipt="财付1号")
    (approved, said), (paid, arrived) = _told("甲厂")
    assert (approved, paid) == ("award_approved", "award_paid")
    assert "50,000.00元" in said and "节水奖励" in said
    assert timezone.localdate().isoformat() in arrived


def test_a_refusal_and_a_revoked_approval_give_their_reason(city: City) -> None:
    scheme = city.scheme()
    reject_award(city.clerk, city.asked(city.user("甲厂"), scheme).pk, reason="材料不全")
    revoke_award(city.leader, city.granted(city.user("乙厂"), scheme).pk, reason="企业迁出")
    assert [(kind, "材料不全" in text) for kind, text in _told("甲厂")] == [("award_rejected", True)]
    kinds = [(kind, "企业迁出" in text) for kind, text in _told("乙厂")]
    assert kinds == [("award_approved", False), ("award_withdrawn", True)]


def test_who_withdraws_its_own_application_is_not_written_to(city: City) -> None:
    user = city.user("甲厂")
    award = city.asked(user, city.scheme())
    withdraw_award(city.filer(user), award.pk, reason="误报")
    assert _told("甲厂") == []
