"""What a page of lists shows follows from the rules in force and the lists that stand."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils import timezone

from office import the_office
from shuiheng.adapters.records.models import Account, MemberList
from shuiheng.adapters.records.queries_members import MemberFilter
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.pages.members.listing import member_sheet, wanted_from, year_page
from web.pages.members.conftest import RULE, YEAR

pytestmark = pytest.mark.django_db


def test_a_filter_keeps_what_it_knows() -> None:
    asked = {"q": "甲", "standing": "in", "change": "left", "order": "most", "district": "3"}
    assert wanted_from(asked) == MemberFilter(
        words="甲", standing="in", change="left", most_first=True, district=3
    )
    assert wanted_from({"standing": "maybe", "change": "x", "district": "y"}) == MemberFilter()


def test_each_rule_has_its_line_and_a_rule_that_is_gone_keeps_its_list(
    officer: Account, drawn: MemberList
) -> None:
    seen = sight(officer, Action.LEDGER_LOOK)
    lines = {line.id: line for line in year_page(seen, the_office().place, YEAR).lines}
    assert lines[RULE].shown == drawn and lines["book:key_list_national"].shown is None
    MemberList.objects.filter(pk=drawn.pk).update(rule="plan:9:gone")
    lines = {line.id: line for line in year_page(seen, the_office().place, YEAR).lines}
    assert lines["plan:9:gone"].is_in_force is False and lines[RULE].shown is None


def test_a_sheet_says_by_which_rule_and_how_much_is_missing(officer: Account, adopted: MemberList) -> None:
    request = RequestFactory().get("/")
    request.user = officer
    sheet = member_sheet(request, sight(officer, Action.LEDGER_LOOK), adopted, MemberFilter(), [])
    assert [row[4] for row in sheet.rows] == [240_000, 120, None]
    assert [row[7] for row in sheet.rows] == [0, 0, None]
    assert [row[8] for row in sheet.rows] == ["列入", "未达标准", "待核实"]
    assert any("年用水量 > 10 万m³" in note for note in sheet.notes)
    assert any(str(timezone.localdate().year) in note and "已认定" in note for note in sheet.notes)
