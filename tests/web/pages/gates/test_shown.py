"""Gates and facts in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from shuiheng.adapters.rulebook.gates import gate_words
from shuiheng.kernel.citation import Citation
from shuiheng.rules.conditions import FactValue
from shuiheng.web.pages.gates.shown import fact_label, said_value, shown_clause


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("argument_approved", True, "是"),
        ("argument_approved", False, "否"),
        ("argument_approved", None, "不明"),
        ("site_area_m2", Decimal("20000.500"), "20,000.5 m²"),
        ("persons", Decimal(0), "0 人"),
        ("groundwater_zone", "limited", "限制开采区"),
        ("groundwater_zone", "elsewhere", "elsewhere"),
    ],
)
def test_a_fact_is_said_in_words_and_what_is_not_known_is_no_zero(
    name: str, value: FactValue | None, words: str
) -> None:
    with translation.override("zh-hans"):
        assert said_value(name, value) == words


def test_labels_follow_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert fact_label("site_area_m2") == "site area"
    with translation.override("zh-hans"):
        assert [fact_label(name) for name in gate_words().facts if not fact_label(name)] == []
    assert fact_label("unheard_of") == "unheard_of"


def test_a_setting_of_the_program_is_not_shown_as_law() -> None:
    given = {"rule": "gates/x", "area": "", "since": date(2026, 1, 1), "clause": "第一条"}
    own = shown_clause(Citation(source="shuiheng-defaults", **given))  # type: ignore[arg-type]
    law = shown_clause(Citation(source="cn-reg-460", **given))  # type: ignore[arg-type]
    assert (own.is_own, own.clause, law.is_own, law.clause) == (True, "", False, "第一条")
    assert law.title.startswith("《")
