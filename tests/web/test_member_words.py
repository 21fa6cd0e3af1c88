"""Limits and those whom they are for are shown in the words of plans."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from shuiheng.adapters.rulebook.membership import membership_book
from shuiheng.rules.cut_offs import WhyNot
from shuiheng.rules.member_changes import Change
from shuiheng.rules.membership import Doubt, Standing
from shuiheng.web import words_members
from shuiheng.web.templatetags.member_words import (
    limit_text,
    member_word,
    share_percent,
    volume_text,
    who_text,
)

WHO = {"classes": [], "sources": [], "is_above_scale": False, "is_public": None, "unread": [], "beside": []}


def _terms(**changed: Any) -> dict[str, Any]:
    return {"quantity": "annual_use", "op": ">=", "limit": 500_000_000, "who": WHO | changed}


@pytest.mark.parametrize(
    ("litres", "shown"),
    [
        (None, ""),
        (0, "0 m³"),
        (6_000_000, "6,000 m³"),
        (9_999_999, "9,999.999 m³"),
        (10_000_000, "1 万m³"),
        (500_000_000, "50 万m³"),
        (12_345_678, "1.2345678 万m³"),
    ],
)
def test_a_volume_is_shown_as_plans_print_it(litres: int | None, shown: str) -> None:
    assert volume_text(litres) == shown


def test_a_limit_is_said_with_its_side() -> None:
    assert limit_text(_terms()) == "年用水量 ≥ 50 万m³"
    assert limit_text(_terms() | {"op": ">"}) == "年用水量 > 50 万m³"
    assert limit_text(_terms() | {"limit": 0}) == "不论水量多少"
    with translation.override("en"):
        assert limit_text(_terms()) == "Use of the year ≥ 50 × 10⁴ m³"


def test_whom_a_rule_is_for_is_said() -> None:
    assert who_text(_terms()) == "所有用水户"
    said = who_text(_terms(classes=["services", "industry"], sources=["supply"], is_public=False))
    assert said == "工业、服务业；有公共供水的；不含公共机构"
    assert who_text(_terms(is_above_scale=True, is_public=True)) == "规模以上；公共机构"


def test_a_share_that_is_not_nothing_is_never_nothing() -> None:
    shares = [share_percent(share) for share in (None, 0, 0.001, 0.085, 0.999, 1)]
    assert shares == ["", "0 %", "<1 %", "8 %", ">99 %", "100 %"]


def test_every_code_has_its_word() -> None:
    for table, codes in (("standing", Standing), ("change", Change), ("doubt", Doubt), ("why_not", WhyNot)):
        assert set(words_members.TABLES[table]) == {code.value for code in codes}
    assert set(words_members.MEMBER_DUTIES) == set(membership_book().duties)
    assert member_word("key_list", "list") == "重点监控用水单位名录"
    with translation.override("en"):
        assert member_word("key_list", "list") == "Key users under watch"
