"""The list of organisations as a table."""

from __future__ import annotations

import io
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from shuiheng.adapters.records.models import Account, Event, Organisation
from shuiheng.adapters.records.queries_organisations import OrganisationFilter
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.pages.organisations.sheet import filter_words
from working_office import make_unit

pytestmark = pytest.mark.django_db
GONE = 404


def test_the_table_holds_what_the_filter_shows_and_says_so(office: Client, officer: Account) -> None:
    make_unit("水利局")
    Organisation.objects.filter(name="水利局").update(contact_phone="13800001234")
    make_unit("教育局")
    answer = office.get(reverse("organisations_export", args=["xlsx"]), {"q": "水利"})
    assert "_单位名录_" in unquote(answer.headers["Content-Disposition"])
    book = load_workbook(io.BytesIO(answer.content))
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert [row[0] for row in cells] == ["水利局"]
    notes = [row[0].value for row in book.worksheets[1].iter_rows()]
    assert "筛选条件：文字 水利" in notes and "行数：1" in notes
    assert "1380000" not in str(cells)
    assert Event.objects.get(action="table.exported").subject == "organisations"


def test_other_endings_are_not_there(office: Client) -> None:
    assert office.get(reverse("organisations_export", args=["exe"])).status_code == GONE


def test_a_filter_is_said_in_words(officer: Account) -> None:
    seen = sight(officer, Action.ORGANISATIONS_LOOK)
    wanted = OrganisationFilter(kind="department", has_closed=True)
    assert filter_words(seen, wanted) == "类别 部门；含已撤销单位 是"
    assert filter_words(seen, OrganisationFilter()) == "全部"
