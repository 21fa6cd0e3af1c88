"""A bad record goes its way on its page: told, objected to, decided, entered by another."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.credit.made_up import BAD, City, notice_over, use_terms
from shuiheng.adapters.records.models import CreditRecord
from shuiheng.services.credit.keep_credit import record_credit
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db


def test_from_the_proposal_to_the_display(
    city: City, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_terms(monkeypatch)
    user = city.user("甲厂")
    row = record_credit(city.clerk, user.organisation_id, BAD)
    office, other, unit = (browser(each) for each in (city.clerk, city.reviewer, city.filer(user)))

    def do(who: object, name: str, key: int = row.pk, **typed: str) -> str:
        answer = who.post(reverse(name, args=[key]), typed, follow=True)  # type: ignore[attr-defined]
        return str(answer.content.decode())

    assert "已告知当事人" in do(office, "notify_credit")
    assert "没有填写异议或修复的事实和理由" in do(unit, "ask_about_credit", kind="objection", words=" ")
    assert "待裁定" in do(unit, "ask_about_credit", kind="objection", words="井已封填")
    asked = row.requests.get()
    said = do(other, "decide_about_credit", asked.pk, answer="refused", reason="现场查验未封填")
    assert "已裁定" in said and "现场查验未封填" in said
    assert "告知期未满" in do(other, "release_credit", months="6")
    notice_over(row)
    assert "公示期须在3至12个月之间" in do(other, "release_credit", months="1")
    assert "没有填写“公示月数”" in do(other, "release_credit", months="六")
    assert "已记入并公示" in do(other, "release_credit", months="6")
    assert "已撤销" in do(other, "withdraw_credit", reason="处罚决定已撤销")
    assert CreditRecord.objects.get().state == "withdrawn"
