"""The register as a table."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from services.making import settle_units
from shuiheng.adapters.records.models import Account, PlanVersion
from shuiheng.adapters.records.queries_register import RegisterFilter
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.pages.register.sheet import register_sheet


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
