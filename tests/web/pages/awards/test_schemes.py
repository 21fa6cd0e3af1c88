"""Schemes are drafted in the form, opened by another person, and shown with their budget."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from services.awards.made_up import City
from shuiheng.adapters.records.models import AwardScheme
from shuiheng.services.awards.terms import read_terms
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
REFUSED, GONE = 422, 404
TYPED = {
    "title": "节水改造补助",
    "kind": "subsidy",
    "year": "2026",
    "budget": "300,000",
    "mode": "share",
    "percent": "30",
    "most": "100000",
    "use_year": "2025",
    "repeats": "once",
    "source": "青禾市节水补助办法",
    "clause": "第六条",
    "op_saved_share": "at_least",
    "c_saved_share": "5",
    "c_use_class": ["industry", "services"],
}


def test_a_scheme_is_drafted_with_its_conditions_and_changed(city: City, browser: Browser) -> None:
    office = browser(city.clerk)
    answer = office.post(reverse("new_award_scheme"), TYPED, follow=True)
    page = answer.content.decode()
    assert "已保存为草稿" in page and "30.0 %" in page and "≥ <b>5</b>" in page and "工业、服务业" in page
    scheme = AwardScheme.objects.get()
    terms = read_terms(scheme.terms)
    assert (scheme.budget_yuan, terms.share, terms.most) == (300_000, Decimal("0.3"), 100_000)
    assert {str(each.value) for each in terms.conditions if isinstance(each.value, Decimal)} == {"0.05"}
    form = office.get(reverse("edit_award_scheme", args=[scheme.pk])).content.decode()
    assert 'name="percent" value="30"' in form and 'name="c_saved_share" value="5"' in form
    assert 'value="services" checked' in form
    office.post(reverse("edit_award_scheme", args=[scheme.pk]), TYPED | {"title": "改造奖补"})
    assert AwardScheme.objects.get().title == "改造奖补"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"percent": ""}, "投入补助比例"),
        ({"percent": "101"}, "投入补助比例"),
        ({"title": ""}, "项目名称"),
        ({"c_saved_share": "多"}, "比上年节水"),
        ({"budget": ""}, "预算"),
        ({"kind": "irrigation"}, "金额算法"),
    ],
)
def test_what_cannot_be_is_named_and_what_was_typed_stays(
    city: City, browser: Browser, changed: dict[str, str], said: str
) -> None:
    answer = browser(city.clerk).post(reverse("new_award_scheme"), TYPED | changed)
    page = answer.content.decode()
    alert = page[page.index('role="alert"') : page.index('role="alert"') + 300]
    assert answer.status_code == REFUSED
    assert said in alert
    assert 'value="services" checked' in page and "青禾市节水补助办法" in page
    assert not AwardScheme.objects.exists()


def test_another_person_opens_it_and_it_is_closed(city: City, browser: Browser) -> None:
    scheme = city.scheme(is_open=False)
    page = browser(city.reviewer).post(reverse("open_award_scheme", args=[scheme.pk]), follow=True)
    assert "项目已开始受理" in page.content.decode()
    page = browser(city.clerk).post(reverse("close_award_scheme", args=[scheme.pk]), follow=True)
    assert "停止受理" in page.content.decode()
    assert AwardScheme.objects.get().state == "closed"


def test_a_draft_is_withdrawn_on_its_page(city: City, browser: Browser) -> None:
    scheme = city.scheme(is_open=False)
    office = browser(city.clerk)
    office.post(reverse("withdraw_award_scheme", args=[scheme.pk]), {"reason": "重复起草"})
    assert "重复起草" in office.get(reverse("award_scheme", args=[scheme.pk])).content.decode()


def test_budgets_are_shown_with_what_is_bound_and_left(city: City, browser: Browser) -> None:
    scheme = city.scheme(budget="120000")
    city.granted(city.user("甲厂"), scheme)
    city.asked(city.user("乙厂"), scheme)
    page = browser(city.reviewer).get(reverse("award_schemes")).content.decode()
    assert "120,000.00" in page and "50,000.00" in page and "70,000.00" in page
    one = browser(city.reviewer).get(reverse("award_scheme", args=[scheme.pk])).content.decode()
    assert "甲厂" in one and "乙厂" in one and "70,000.00" in one


def test_a_user_sees_no_budgets(city: City, browser: Browser) -> None:
    scheme, user = city.scheme(), city.user("甲厂")
    client = browser(city.filer(user))
    assert client.get(reverse("award_scheme", args=[scheme.pk])).status_code == GONE
    assert "节水奖励" not in client.get(reverse("award_schemes")).content.decode()
    assert client.get(reverse("new_award_scheme")).status_code == GONE
