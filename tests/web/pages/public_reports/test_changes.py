"""A report goes its way on its page: merged or sent out, answered, worded by one and published by another."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.public_reports.made_up import LEAK, Town
from shuiheng.adapters.records.models import PublicReport
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db


def test_from_the_inbox_to_the_public_page(town: Town, browser: Browser) -> None:
    row = town.send().row
    office, other, unit = (browser(each) for each in (town.clerk, town.reviewer, town.supplier))

    def do(who: object, name: str, **typed: str) -> str:
        answer = who.post(reverse(name, args=[row.pk]), typed, follow=True)  # type: ignore[attr-defined]
        return str(answer.content.decode())

    assert "“反映的问题”没有填写" in do(office, "triage_public_report", kind="x", note="急")
    sent = {"kind": "hydrant", "district": str(town.district.pk), "organisation": str(town.company.pk)}
    assert "已转办" in do(office, "triage_public_report", **sent)
    assert "“答复”没有填写" in do(unit, "answer_public_report", answer=" ")
    assert "已答复，反映人可以查到" in do(unit, "answer_public_report", answer="已修好")
    assert "已退回" in do(office, "return_public_report", reason="请写明何时修好")
    do(unit, "answer_public_report", answer="十一月六日修好")
    named = {"public_title": "消火栓漏水", "public_answer": f"已告知{LEAK.name}"}
    said = do(office, "word_public_report", **named)
    assert "反映人的姓名或电话" in said and f"已告知{LEAK.name}" in said  # what was typed stays
    assert "由另一人公开" in do(office, "word_public_report", **{**named, "public_answer": "已修好"})
    assert "已公开" in do(other, "publish_public_report")
    assert "已撤回公开" in do(other, "withdraw_public_report", reason="改一个字")
    assert PublicReport.objects.get().state == "closed"


def test_what_looks_the_same_is_offered_and_merged(town: Town, browser: Browser) -> None:
    first, second, third = (town.send().row for _ in range(3))
    office = browser(town.clerk)
    page = office.get(reverse("public_report", args=[second.pk])).content.decode()
    assert first.number in page and "内容相近" in page and "并入这件" in page
    address = reverse("merge_public_report", args=[second.pk])
    assert "没有可以并入" in office.post(address, {"into": "9"}).content.decode()
    assert "已并案" in office.post(address, {"into": first.number}, follow=True).content.decode()
    address = reverse("refuse_public_report", args=[third.pk])
    assert "不予受理" in office.post(address, {"reason": "重复"}, follow=True).content.decode()
    row = town.answered()
    address = reverse("close_public_report", args=[row.pk])
    assert "已办结" in office.post(address, follow=True).content.decode()
