"""Officers draw, look at, adopt, export and withdraw lists; others see what is theirs of the adopted ones."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Event, MemberList, PlanVersion, PublishedThreshold, Role
from shuiheng.services.found_city import join
from shuiheng.services.ledger.member_lists import draw_lists
from web.pages.members.conftest import RULE, YEAR, Used

pytestmark = pytest.mark.django_db
GONE = 404


def _page(client: Client, name: str, *key: object, **query: object) -> str:
    answer = client.get(reverse(name, args=key), query)
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_the_rules_of_a_year_are_drawn_into_lists(office: Client, used: Used) -> None:
    before = _page(office, "member_lists", year=YEAR)
    assert "设立水务经理名录" in before and "未生成" in before and "年用水量 &gt; 10 万m³" in before
    answer = office.post(reverse("draw_member_lists"), {"year": YEAR}, follow=True)
    assert "份名录" in answer.content.decode()
    assert MemberList.objects.filter(year=YEAR).count() == MemberList.objects.count() >= 4
    after = _page(office, "member_lists", year=YEAR)
    assert "未生成" not in after and "草稿" in after


def test_one_rule_is_drawn_and_its_list_opened(office: Client, used: Used) -> None:
    answer = office.post(reverse("draw_member_lists"), {"year": YEAR, "rule": RULE}, follow=True)
    page = answer.content.decode()
    assert "甲印染厂" in page and "240,000" in page and "不详" in page and "水量不全" in page
    gone = office.post(reverse("draw_member_lists"), {"year": YEAR, "rule": "book:poetry"})
    assert gone.status_code == GONE


def test_a_cut_off_of_the_plan_that_is_no_rule_says_why(
    office: Client, published: PlanVersion, used: Used
) -> None:
    assert "年用水量10万立方米以上的工业企业" in _page(office, "member_lists", year=YEAR)
    PublishedThreshold.objects.update(quantity="建筑面积", unit="m2")
    page = _page(office, "member_lists", year=YEAR)
    assert "方案中不用于名录的门槛" in page and "不以用水户的年水量为准" in page


def test_a_list_is_filtered_searched_and_sorted(office: Client, used: Used, drawn: MemberList) -> None:
    def shown(**query: object) -> list[str]:
        page = _page(office, "member_list", drawn.pk, **query)
        return [name for name in ("甲印染厂", "乙食品厂", "丙机械厂") if name in page]

    assert shown() == ["甲印染厂", "乙食品厂", "丙机械厂"]
    assert shown(standing="in") == ["甲印染厂"] == shown(q="甲印") == shown(change="stayed")
    assert shown(standing="unknown") == ["丙机械厂"]
    assert shown(standing="out") == ["乙食品厂"]
    assert shown(district=used.small.organisation.place_id or 0) == ["甲印染厂", "丙机械厂"]
    assert shown(change="entered") == [] and len(shown(order="most", standing="x")) == 3


def test_a_list_is_adopted_and_withdrawn_with_a_reason(office: Client, drawn: MemberList) -> None:
    assert "确认认定" in _page(office, "member_list", drawn.pk)
    office.post(reverse("adopt_member_list", args=[drawn.pk]))
    page = _page(office, "member_list", drawn.pk)
    assert "已认定" in page and "确认认定" not in page
    withdraw = reverse("withdraw_member_list", args=[drawn.pk])
    assert "没有说明" in office.post(withdraw, {"reason": ""}, follow=True).content.decode()
    page = office.post(withdraw, {"reason": "表计更正"}, follow=True).content.decode()
    assert "已撤回" in page and "表计更正" in page
    assert [event.action for event in Event.objects.filter(subject=f"member_list:{drawn.pk}")] == [
        "member_list.drawn",
        "member_list.adopted",
        "member_list.withdrawn",
    ]


def test_a_list_goes_out_as_a_workbook_and_as_text(office: Client, drawn: MemberList) -> None:
    book = office.get(reverse("member_list_export", args=[drawn.pk, "xlsx"]))
    assert book.content.startswith(b"PK")
    answer = office.get(reverse("member_list_export", args=[drawn.pk, "csv"]), {"standing": "in"})
    text = answer.content.decode("utf-8-sig")
    assert "甲印染厂" in text and "乙食品厂" not in text
    assert Event.objects.filter(action="table.exported", subject=f"member_list:{drawn.pk}").count() == 2
    assert office.get(reverse("member_list_export", args=[drawn.pk, "exe"])).status_code == GONE


def test_a_district_sees_its_own_users_on_adopted_lists_only(
    used: Used, drawn: MemberList, office: Client
) -> None:
    assert "还没有认定的名录" in _page(used.district, "member_lists")
    assert used.district.get(reverse("member_list", args=[drawn.pk])).status_code == GONE
    office.post(reverse("adopt_member_list", args=[drawn.pk]))
    assert "设立水务经理名录" in _page(used.district, "member_lists")
    page = _page(used.district, "member_list", drawn.pk)
    assert "乙食品厂" in page and "甲印染厂" not in page and "撤回名录" not in page
    for name in ("adopt_member_list", "withdraw_member_list"):
        assert used.district.post(reverse(name, args=[drawn.pk]), {"reason": "x"}).status_code == GONE
    assert used.district.post(reverse("draw_member_lists"), {"year": YEAR}).status_code == GONE


def test_a_user_sees_the_lists_that_it_stands_on(used: Used, adopted: MemberList, office: Client) -> None:
    filer = Account.objects.create(username="qian")
    join(filer, used.great.organisation, Role.ENTERPRISE_FILER)
    client = Client()
    client.force_login(filer)
    assert "设立水务经理名录" in _page(client, "member_lists")
    page = _page(client, "member_list", adopted.pk)
    assert "甲印染厂" in page and "丙机械厂" not in page
    for browser in (client, office):
        own = _page(browser, "water_user", used.great.pk)
        assert "所在名录" in own and f"{YEAR} 设立水务经理名录" in own and "24 万m³" in own
    assert "待核实" in _page(office, "water_user", used.silent.pk)
    assert "所在名录" not in _page(office, "water_user", used.small.pk)


def test_a_leader_looks_and_changes_nothing(drawn: MemberList) -> None:
    looker = Client()
    looker.force_login(make_account("sun", Role.OFFICE_LEADER))
    assert "生成全部名录" not in _page(looker, "member_lists", year=YEAR)
    assert "认定名录" not in _page(looker, "member_list", drawn.pk)
    assert looker.post(reverse("draw_member_lists"), {"year": YEAR}).status_code == GONE


def test_a_year_that_cannot_be_is_this_year(office: Client, used: Used) -> None:
    now = str(timezone.localdate().year)
    for year in ("abc", "12", "99999"):
        assert f'<option value="{now}" selected>' in _page(office, "member_lists", year=year)


def test_an_adopted_list_stands_beside_a_new_draft(
    office: Client, officer: Account, used: Used, adopted: MemberList
) -> None:
    from_now = used.great.meters.get().months.order_by("month").last()
    assert from_now is not None
    from_now.by_time_litres = 1
    from_now.save()
    (draft,) = draw_lists(officer, the_office().place.pk, year=YEAR, rule=RULE)
    assert draft.pk != adopted.pk
    assert "有新的草稿" in _page(office, "member_lists", year=YEAR)
    page = office.post(reverse("adopt_member_list", args=[draft.pk]), follow=True).content.decode()
    assert "请先撤回原名录" in page
