"""The decision on an award says what was checked and how the amount came about; JSON holds the same steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.awards.made_up import PLAIN, SAVED_5, City
from shuiheng.adapters.documents import read_document
from shuiheng.adapters.records.models import Award, AwardMatter, MoneySource
from shuiheng.services.awards.award_papers import award_json, decision_file
from shuiheng.services.awards.decide_award import reject_award
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db
CHECKS = [("比上年节水（%）", "≥ 5", "5", "符合")]


def _text(award: Award, *, checks: bool = True) -> str:
    return read_document(decision_file(award, CHECKS if checks else []), name="decision.docx").text


def test_an_approval_holds_amount_checks_and_steps(city: City) -> None:
    user = city.user("甲厂", litres=(100_000, 95_000))
    asked = replace(PLAIN, matter=AwardMatter.TITLE, first=date(2026, 1, 1), last=date(2026, 6, 30))
    scheme = city.scheme(conditions=[SAVED_5], money=MoneySource.CITY)
    award = city.granted(user, scheme, asked)
    said = _text(award)
    for words in ("甲厂", "节水型企业", "青禾市节水奖励办法", "第三条", "50000.00元", "伍万元整", "符合"):
        assert words in said, words
    assert "草稿" not in said
    told = award_json(award)
    assert told["amount_yuan"] == "50000.00" and told["money"] == "city" and told["matter"] == "title"
    assert all(step["formula"] in said for step in told["derivation"]["steps"])
    assert decision_file(award, CHECKS) == decision_file(Award.objects.get(pk=award.pk), CHECKS)


def test_a_refusal_gives_its_reason_and_no_amount(city: City) -> None:
    award = reject_award(city.clerk, city.asked(city.user("甲厂"), city.scheme()).pk, reason="材料不全")
    said = _text(award, checks=False)
    assert "不予奖补" in said and "材料不全" in said and "伍万元整" not in said


def test_there_is_no_decision_before_it_is_made(city: City) -> None:
    award = city.asked(city.user("甲厂"), city.scheme())
    with pytest.raises(ServiceError) as refused:
        decision_file(award, [])
    assert refused.value.code == "awards.not_decided"
    assert award_json(award)["matter"] == "other"
