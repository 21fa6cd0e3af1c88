"""Users and what belongs to them are entered and changed by forms; what is refused keeps what was typed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    ActivityFact,
    ContactFact,
    Event,
    MeterFact,
    Organisation,
    PermitFact,
    SiteFact,
    SourceFact,
    UserFact,
    WaterUser,
)
from web.pages.ledger.conftest import Ledger

NEW = {"name": "临泽造纸厂", "no_code_reason": "筹建", "is_open": "1", "valid_from": "2026-01-01"}


def _wrong(page: Any) -> list[str]:
    return [line.ask.name for line in page.context["lines"] if line.is_wrong]


def test_a_new_user_is_entered_with_the_next_number(office: Client, ledger: Ledger) -> None:
    answer = office.post("/ledger/new/", {**NEW, "district": ledger.district.pk})
    user = WaterUser.objects.get(number="000003")
    assert answer["Location"] == f"/ledger/{user.pk}/"
    assert user.organisation.name == "临泽造纸厂"


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"no_code_reason": ""}, "credit_code", "没有填写统一社会信用代码"),
        ({"credit_code": "91330200MA2AAAAAAA"}, "credit_code", "“统一社会信用代码”"),
        ({"name": ""}, "name", "“名称”"),
        ({"valid_from": ""}, "valid_from", "“自何日起”"),
        ({"valid_from": "昨天"}, "valid_from", "自何日起"),
        ({"district": ""}, "district", "“所在区县”"),
        ({"district": "999999"}, "district", "“所在区县”"),
        ({"number": "000001"}, "number", "000001"),
        ({"use_class": "x"}, "use_class", "“用水类别”"),
        ({"industry_code": "1234567"}, "industry_code", "“行业代码”"),
    ],
)
def test_a_refusal_names_its_field_and_keeps_what_was_typed(
    office: Client, ledger: Ledger, change: dict[str, str], field: str, says: str
) -> None:
    posted = {**NEW, "district": str(ledger.district.pk), "address": "滨河路 8 号", **change}
    page = office.post("/ledger/new/", posted)
    assert page.status_code == 422 and _wrong(page) == [field]
    text = page.content.decode()
    assert says in text and 'value="滨河路 8 号"' in text
    assert page.context["refused"].remedy
    assert WaterUser.objects.count() == 2


def test_a_change_holds_from_its_day_and_keeps_whom_the_form_does_not_show(
    office: Client, ledger: Ledger
) -> None:
    path = f"/ledger/{ledger.mill.pk}/change/"
    shown = office.get(path)
    assert "欧阳明" not in shown.content.decode()
    posted = {line.ask.name: line.value for line in shown.context["lines"]}
    posted |= {"name": "青禾印染公司", "valid_from": "2026-02-01", "reason": ""}
    assert _wrong(office.post(path, posted)) == ["reason"]
    assert office.post(path, posted | {"reason": "营业执照变更"}).status_code == 302
    facts = UserFact.objects.filter(subject=ledger.mill)
    assert standing(facts, AsOf(on=date(2026, 1, 31))).get().name == "青禾印染厂"
    now = standing(facts, AsOf(on=date(2026, 2, 1))).get()
    assert (now.name, now.legal_person, now.use_class) == ("青禾印染公司", "欧阳明", "industry")


def test_what_belongs_to_a_user_is_added(office: Client, ledger: Ledger) -> None:
    head, day = f"/ledger/{ledger.mill.pk}/add/", {"valid_from": "2026-01-01"}
    added: list[tuple[str, dict[str, object]]] = [
        ("site", {"number": "A", "name": "东厂", "longitude": "121.5", "latitude": "29.9"}),
        ("source", {"kind": "abstraction", "water_kind": "surface", "is_active": "1"}),
        ("contact", {"duty": "filer", "name": "钱工", "phone": "0500-1"}),
        ("activity", {"code": "棉布", "unit": "百米", "amount": "１,２００.５"}),
    ]
    for kind, posted in added:
        assert office.get(f"{head}{kind}/").status_code == 200
        assert office.post(f"{head}{kind}/", {**posted, **day}).status_code == 302, kind
    own = ledger.mill.sources.get(kind="abstraction").pk
    permit = {"source": own, "number": "取水〔2026〕1号", "volume_m3": "600000", "expires_on": "2030-12-31"}
    assert office.post(f"{head}permit/", {**permit, **day}).status_code == 302
    meter = {"number": "B", "keeper": ledger.supplier.pk, "level": "2", "parent": ledger.meter.pk}
    meter |= {"role": "use", "step_litres": "10", "multiplier": "1", "is_active": "1"}
    assert office.post(f"{head}meter/", {**meter, **day}).status_code == 302
    assert (SiteFact.objects.get().name, PermitFact.objects.get().volume_m3) == ("东厂", 600_000)
    assert ContactFact.objects.filter(duty="filer").get().name == "钱工"
    assert str(ActivityFact.objects.get().amount) == "1200.500000"
    below = MeterFact.objects.get(parent=ledger.meter)
    assert (below.level, below.step_litres) == (2, 10)
    page = office.get(f"/ledger/{ledger.mill.pk}/")
    assert [(branch.fact.subject.number, branch.depth) for branch in page.context["tree"]] == [
        ("YR-01", 0),
        ("B", 1),
    ]


def test_a_supply_without_its_supplier_and_an_unknown_kind_are_refused(
    office: Client, ledger: Ledger
) -> None:
    head = f"/ledger/{ledger.mill.pk}/add/"
    posted = {"kind": "supply", "water_kind": "tap", "is_active": "1", "valid_from": "2026-01-01"}
    assert _wrong(office.post(f"{head}source/", posted)) == ["supplier"]
    assert office.get(f"{head}pipe/").status_code == 404


def test_nothing_of_another_city_can_be_chosen(office: Client, ledger: Ledger) -> None:
    from shuiheng.services.found_city import found_city, new_slug

    far = found_city("临江市", slug="linjiang").place
    stranger = Organisation.objects.create(slug=new_slug("unit"), name="远水司", kind="supplier", place=far)
    posted = {"kind": "supply", "water_kind": "tap", "supplier": stranger.pk, "valid_from": "2026-01-01"}
    assert _wrong(office.post(f"/ledger/{ledger.mill.pk}/add/source/", posted)) == ["supplier"]
    assert SourceFact.objects.count() == 1


def test_a_district_enters_a_meter_that_the_water_company_of_the_city_keeps(
    district_clerk: Client, ledger: Ledger
) -> None:
    meter = {"number": "C", "keeper": ledger.supplier.pk, "level": "1", "role": "use"}
    meter |= {"step_litres": "1", "multiplier": "1", "valid_from": "2026-01-01"}
    assert district_clerk.post(f"/ledger/{ledger.mill.pk}/add/meter/", meter).status_code == 302
    assert district_clerk.post(f"/ledger/{ledger.school.pk}/add/meter/", meter).status_code == 404


def test_who_may_not_edit_finds_no_form(looker: Client, ledger: Ledger) -> None:
    key = ledger.mill.pk
    for path in ("new/", f"{key}/change/", f"{key}/add/site/", f"{key}/merge/"):
        assert looker.get(f"/ledger/{path}").status_code == 404
    assert not Event.objects.filter(action="site.added").exists()
