"""What rules say of a permit, in words with the clause."""

from __future__ import annotations

from datetime import date

from django.utils import translation

from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.allowances.permit_terms import PermitLife, permit_standing, permit_terms
from shuiheng.rules.parameter import Asked
from shuiheng.web.pages.gates.terms import shown_terms


def test_a_hint_names_the_day_and_the_article() -> None:
    day = date(2026, 12, 1)
    terms = permit_terms(shipped_rulebook(), Asked(area="", on=day))
    life = PermitLife(subject="permit:1", expires_on=date(2026, 12, 31))
    with translation.override("zh-hans"):
        [shown] = shown_terms(permit_standing(life, terms, on=day, lead_days=90))
    assert "2026-11-16" in shown.sentence.says
    assert (shown.severity, shown.clause.clause, shown.clause.is_checked) == ("warn", "第二十五条", False)
