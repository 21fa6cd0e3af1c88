"""The register as a table."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from services.making import settle_units
from shuiheng.adapters.records.models import Account, PlanVersion
from shuiheng.adapters.records.queries_register import RegisterFilter
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.pages.register.sheet import filter_words, register_sheet


@pytest.mark.django_db
def test_each_row_has_a_value_for_each_column_and_the_notes_say_who(
    officer: Account, published: PlanVersion
) -> None:
    settle_units(officer)
    request = RequestFactory().get("/register/export.xlsx")
    request.user = officer
    sheet = register_sheet(request, sight(officer, Action.REGISTER_EXPORT), RegisterFilter())
    assert {len(row) for row in sheet.rows} == {len(sheet.columns)} and len(sheet.rows) == 4
    assert any("李工" in note for note in sheet.notes)
    assert sheet.rows[0][5] == "青禾市农业农村局、青禾市财政局"


@pytest.mark.django_db
def test_the_filter_is_said_in_words(officer: Account, published: PlanVersion) -> None:
    seen = sight(officer, Action.REGISTER_EXPORT)
    wanted = RegisterFilter(plan=published.plan.slug, role="none", due="2027", words="灌区", keys=(1, 2))
    said = filter_words(seen, wanted)
    assert said == f"方案 {published.plan.title}；承担方式 无牵头单位；期限 2027；文字 灌区；所选任务 2"
    assert filter_words(seen, RegisterFilter()) == "全部"
