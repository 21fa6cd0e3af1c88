"""The list of the ledger and the page of one user."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Event, Role, SettledMonth
from shuiheng.services.found_city import found_city, join
from shuiheng.services.ledger.keep_water_user import WaterUserFields, change_water_user
from web.pages.ledger.conftest import Ledger


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["青禾印染厂", "青禾中学"]),
        ("?q=印染", ["青禾印染厂"]),
        ("?q=qhzx", ["青禾中学"]),
        ("?q=000002", ["青禾中学"]),
        ("?class=industry", ["青禾印染厂"]),
        ("?source=supply", ["青禾印染厂"]),
        ("?source=abstraction", []),
        ("?on=2024-12-31", []),
        ("?on=never&district=x&class=%00&page=99", ["青禾印染厂", "青禾中学"]),
        ("?known=2020-01-01", []),
        ("?on=9999-12-30&known=0001-01-02", []),
        ("?on=9999-12-31&known=0001-01-01", ["青禾印染厂", "青禾中学"]),
    ],
)
def test_users_are_found_as_of_a_day(office: Client, ledger: Ledger, query: str, names: list[str]) -> None:
    answer = office.get(f"/ledger/{query}")
    assert answer.status_code == 200
    assert [fact.name for fact, _counts in answer.context["rows"]] == names


def test_the_list_counts_sources_and_meters_and_narrows_to_a_district(office: Client, ledger: Ledger) -> None:
    rows = office.get(f"/ledger/?district={ledger.district.pk}").context["rows"]
    assert [(fact.subject, counts) for fact, counts in rows] == [(ledger.mill, {"sources": 1, "meters": 1})]


def test_an_empty_list_says_so_and_offers_a_new_user(office: Client) -> None:
    page = office.get("/ledger/").content.decode()
    assert "没有符合条件的用水户" in page and "/ledger/new/" in page


def test_the_list_leaves_as_a_file_and_the_log_says_how_many(office: Client, ledger: Ledger) -> None:
    sent = office.get("/ledger/export.csv?q=印染")
    text = sent.content.decode("utf-8-sig")
    assert "青禾印染厂" in text and "青禾中学" not in text and "欧阳明" not in text
    told = Event.objects.get(action="table.exported")
    assert (told.subject, told.details["rows"]) == ("ledger", 1)
    assert office.get("/ledger/export.xlsx").content.startswith(b"PK")
    assert office.get("/ledger/export.pdf").status_code == 404


def test_a_page_shows_since_when_each_thing_holds(office: Client, officer: Account, ledger: Ledger) -> None:
    fields = WaterUserFields(
        name="青禾印染公司", district=ledger.district.pk, no_code_reason="筹建", use_class="industry"
    )
    change_water_user(officer, ledger.mill.pk, fields, valid_from=date(2026, 1, 1), reason="更名")
    page = office.get(f"/ledger/{ledger.mill.pk}/")
    first = {ask.name: day for ask, _text, day in page.context["profile"]}
    assert (first["name"], first["use_class"]) == (date(2026, 1, 1), date(2025, 1, 1))
    former = office.get(f"/ledger/{ledger.mill.pk}/?on=2025-06-01").context
    assert former["fact"].name == "青禾印染厂" and not former["moment"].is_now


def test_what_was_replaced_is_shown_as_gone(office: Client, officer: Account, ledger: Ledger) -> None:
    fields = WaterUserFields(name="青禾印染公司", district=ledger.district.pk, no_code_reason="筹建")
    change_water_user(officer, ledger.mill.pk, fields, valid_from=date(2026, 1, 1), reason="营业执照变更")
    text = office.get(f"/ledger/{ledger.mill.pk}/").content.decode()
    assert text.count('<tr class="gone">') == 1 and "营业执照变更" in text
    yesterday = timezone.localdate() - timedelta(days=1)
    known = office.get(f"/ledger/{ledger.mill.pk}/?known={yesterday}").context
    assert known["fact"] is None  # nobody had entered it then


def test_names_and_numbers_are_masked_until_somebody_says_what_for(office: Client, ledger: Ledger) -> None:
    path = f"/ledger/{ledger.mill.pk}/"
    page = office.get(path).content.decode()
    assert not any(secret in page for secret in ("司马青", "13812345678", "smq@", "欧阳明"))
    assert "138****5678" in page and "欧*" in page
    assert "13812345678" not in office.post(f"{path}reveal/", {"purpose": " "}).content.decode()
    assert "13812345678" in office.post(f"{path}reveal/", {"purpose": "核对填报"}).content.decode()
    told = Event.objects.get(action="contact.revealed")
    assert (told.subject, told.reason) == (f"water_user:{ledger.mill.pk}", "核对填报")
    for event in Event.objects.all():
        assert "欧阳明" not in f"{event.before}{event.after}" and "13812345678" not in f"{event.after}"


def test_its_own_people_read_the_contacts_of_a_user_and_no_other_user(ledger: Ledger) -> None:
    account = Account.objects.create(username="sun")
    join(account, ledger.mill.organisation, Role.ENTERPRISE_FILER)
    client = Client()
    client.force_login(account)
    page = client.get(f"/ledger/{ledger.mill.pk}/").content.decode()
    assert "13812345678" in page and "/change/" not in page
    assert client.get(f"/ledger/{ledger.school.pk}/").status_code == 404
    assert [fact.name for fact, _counts in client.get("/ledger/").context["rows"]] == ["青禾印染厂"]


def test_a_month_without_readings_is_missing_and_not_zero(office: Client, ledger: Ledger) -> None:
    for month, litres in ((date(2025, 3, 1), 2_000_000), (date(2026, 3, 1), 1_000_000)):
        SettledMonth.objects.create(
            meter=ledger.meter, month=month, by_time_litres=litres, measured_seconds=2_678_400
        )
    months = office.get(f"/ledger/{ledger.mill.pk}/?on=2026-04-30").context["months"]
    assert [pair.month for pair in months] == [1, 2, 3, 4]
    assert months[2].change_rate == -0.5
    assert months[3].now.use.litres is None and months[3].now.use.silent == 1
    page = office.get(f"/ledger/{ledger.mill.pk}/?on=2026-04-30").content.decode()
    assert '<span class="missing">缺</span>' in page and "-50.0 %" in page


def test_another_city_and_a_reader_see_no_ledger(looker: Client, ledger: Ledger) -> None:
    stranger = Account.objects.create(username="zhou")
    join(stranger, found_city("临江市", slug="linjiang"), Role.OFFICE_CLERK)
    client = Client()
    client.force_login(stranger)
    assert client.get("/ledger/").context["rows"] == []
    for path in (f"/ledger/{ledger.mill.pk}/", f"/ledger/meters/{ledger.meter.pk}/"):
        assert client.get(path).status_code == looker.get(path).status_code == 404
    assert client.post(f"/ledger/{ledger.mill.pk}/reveal/", {"purpose": "看"}).status_code == 404
