"""An application goes its way on its page; what is refused says why."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.awards.made_up import SAVED_5, City, irrigation
from shuiheng.adapters.records.models import Award, SchemeKind
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db


def _do(client: Client, name: str, award: Award, **typed: str) -> str:
    return client.post(reverse(name, args=[award.pk]), typed, follow=True).content.decode()


def test_from_the_check_to_the_payment(city: City, browser: Browser) -> None:
    user = city.user("甲厂", litres=(100_000, 95_000))
    award = city.asked(user, city.scheme(conditions=[SAVED_5]))
    office, reviewer = browser(city.clerk), browser(city.reviewer)
    assert "已核对条件和金额" in _do(office, "check_award", award)
    page = office.get(reverse("award", args=[award.pk])).content.decode()
    assert "比上年节水" in page and "≥ 5" in page and "符合" in page
    assert "登记支付" not in page and reverse("approve_award", args=[award.pk]) not in page
    assert "已批准" in _do(reviewer, "approve_award", award)
    said = _do(office, "pay_award", award, day="2020-01-01", receipt="财付1号")
    assert "支付日期2020-01-01早于批准日" in said
    said = _do(office, "pay_award", award, day=timezone.localdate().isoformat(), receipt="财付1号")
    assert "支付已登记" in said and "财付1号" in said


def test_what_is_not_known_asks_how_it_was_verified(city: City, browser: Browser) -> None:
    award = city.asked(city.user("甲厂"), city.scheme(conditions=[SAVED_5]))
    _do(browser(city.clerk), "check_award", award)
    reviewer = browser(city.reviewer)
    page = reviewer.get(reverse("award", args=[award.pk])).content.decode()
    assert "查不到" in page and "待核实的条件如何核实" in page
    assert "批准须写明如何核实" in _do(reviewer, "approve_award", award)
    assert "已批准" in _do(reviewer, "approve_award", award, reason="已查验抄表记录")


def test_a_second_payment_for_the_same_is_marked_and_needs_a_reason(city: City, browser: Browser) -> None:
    user = city.user("甲厂")
    city.granted(user, city.scheme())
    again = city.asked(user, city.scheme(year=2027))
    _do(browser(city.clerk), "check_award", again)
    reviewer = browser(city.reviewer)
    page = reviewer.get(reverse("award", args=[again.pk])).content.decode()
    assert "同一用水户的相同或同类事项已获批准或支付" in page and "不属重复奖补的理由" in page
    assert "疑似重复奖补" in _do(reviewer, "approve_award", again) or again.twin_id
    again.refresh_from_db()
    assert again.state == "checked"
    assert "另一厂区" in _do(reviewer, "approve_award", again, twin_reason="另一厂区")


def test_it_is_refused_withdrawn_and_revoked_with_a_reason(city: City, browser: Browser) -> None:
    scheme = city.scheme()
    refused, taken, granted = (city.user(name) for name in ("甲厂", "乙厂", "丙厂"))
    award = city.asked(refused, scheme)
    assert "没有填写理由" in _do(browser(city.clerk), "reject_award", award)
    assert "材料不全" in _do(browser(city.reviewer), "reject_award", award, reason="材料不全")
    award = city.asked(taken, scheme)
    assert "误报" in _do(browser(city.filer(taken)), "withdraw_award", award, reason="误报")
    award = city.granted(granted, scheme)
    assert "企业放弃" in _do(browser(city.leader), "revoke_award", award, reason="企业放弃")
    assert list(Award.objects.order_by("pk").values_list("state", flat=True)) == [
        "rejected",
        "withdrawn",
        "withdrawn",
    ]


def test_an_amount_that_is_not_known_says_which_rule_is_missing(city: City, browser: Browser) -> None:
    scheme = city.scheme(irrigation(), kind=SchemeKind.IRRIGATION)
    user = city.user("灌溉站")
    client = browser(city.filer(user))
    typed = {
        "scheme": str(scheme.pk),
        "subject": "一号地块",
        "matter": "other",
        "basis": "低于定额",
        "crop": "小麦",
    }
    typed |= {"area_mu": "100", "norm_m3_mu": "300", "metered": "meter"}
    client.post(reverse("ask_for_award", args=[user.pk]), typed)
    award = Award.objects.get()
    page = client.get(reverse("award", args=[award.pk])).content.decode()
    assert "未知" in page and "金额未知，没有计算过程" in page
    assert "没有生效的农业用水精准补贴标准" in _do(browser(city.clerk), "check_award", award)
