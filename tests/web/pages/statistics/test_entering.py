"""Many years are entered at once, in any unit of the kind; what is refused keeps what was typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office import the_office
from shuiheng.adapters.records.models import Statistic
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.web.pages.statistics.entering import REFUSED, units_for

pytestmark = pytest.mark.django_db


def _years() -> tuple[int, int]:
    this_year = timezone.localdate().year
    return this_year - 1, this_year - 2


def _send(office: Client, fact: str = "use_total", **posted: str) -> tuple[int, str]:
    address = reverse("enter_statistic", args=(the_office().place_id, fact))
    answer = office.post(address, {"source": "年鉴", **posted}, follow=True)
    return answer.status_code, answer.content.decode()


def test_two_years_are_entered_in_another_unit(office: Client) -> None:
    last, before = _years()
    said = {f"value_{last}": "3.7", f"value_{before}": "３，６８", "unit": "yi_m3", "estimated": "12.5"}
    said[f"value_{before}"] = "3.68"
    assert "已录入 2 条" in _send(office, **said)[1]
    rows = {row.year: row for row in Statistic.objects.all()}
    assert {year: row.value for year, row in rows.items()} == {last: Decimal(37000), before: Decimal(36800)}
    assert rows[last].estimated_share == Decimal("0.125")


def test_first_months_are_entered_and_shown_beside_the_years(office: Client) -> None:
    last, _ = _years()
    assert "已录入 1 条" in _send(office, **{f"value_{last}": "2800", "through": "9"})[1]
    row = Statistic.objects.get()
    assert (row.year, row.through_month, row.value) == (last, 9, Decimal(2800))
    table = office.get(reverse("statistics"), {"until": last}).content.decode()
    assert "1—9月" in table and "2,800" in table
    form = office.get(reverse("enter_statistic", args=(the_office().place_id, "use_total")), {"through": "9"})
    assert "2,800" in form.content.decode()
    index = office.get(reverse("enter_statistic", args=(the_office().place_id, "gdp_index")))
    assert "截至月份" not in index.content.decode()


@pytest.mark.parametrize(
    ("posted", "says"),
    [
        ({"value": "很多"}, "很多"),
        ({"value": ""}, "没有填写任何一年的数值"),
        ({"value": "3", "source": ""}, "没有填写来源"),
        ({"value": "3", "unit": "yi_yuan"}, "不能以"),
        ({"value": "-3"}, "超出范围"),
        ({"value": "99999999999999999999.5", "unit": "yi_m3"}, "超出范围"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(
    office: Client, posted: dict[str, str], says: str
) -> None:
    value = posted.pop("value")
    status, page = _send(office, **{f"value_{_years()[0]}": value, "page": "表9-9", **posted})
    assert status == REFUSED and says in page and "表9-9" in page and f'value="{value}"' in page
    assert not Statistic.objects.exists()


def test_a_fact_that_is_told_by_class_asks_for_the_class(office: Client) -> None:
    year = f"value_{_years()[0]}"
    assert _send(office, "irrigation_intake", **{year: "5"})[0] == REFUSED
    assert "已录入 1 条" in _send(office, "irrigation_intake", **{year: "5", "member": "大型灌区"})[1]


def test_only_units_that_can_be_converted_are_offered() -> None:
    facts = indicator_book().facts
    assert [each.id for each in units_for(facts["use_total"])][:1] == ["wan_m3"]
    assert {each.id for each in units_for(facts["gdp_index"])} == {"index", "percent"}
