"""The page of a user says by which profile its water is spread, and an officer may derive one of its own."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from django.test import Client

from office import the_office
from shuiheng.adapters.engines.columnar.evidence import SCHEMA
from shuiheng.adapters.records.models import Account, UseProfile, WaterUser
from shuiheng.metering.civil_time import HOUR, start_of
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user
from shuiheng.services.readings.reading_store import meter_rules, meter_table, reading_store

pytestmark = pytest.mark.django_db
BEGIN = start_of(date(2026, 1, 1))


def _user(officer: Account, use_class: str = "", *, name: str = "甲厂") -> WaterUser:
    place = the_office().place
    fields = WaterUserFields(name=name, district=place.pk, no_code_reason="试", use_class=use_class)
    return add_water_user(officer, fields, valid_from=date(2025, 1, 1))


def _page(who: Client, user: WaterUser) -> str:
    return who.get(f"/ledger/{user.pk}/").content.decode()


def test_the_page_names_the_profile_of_the_class_or_none(office: Client, officer: Account) -> None:
    assert "未注明用水类别" in _page(office, _user(officer))
    assert "分类曲线：工业" in _page(office, _user(officer, "industry", name="乙厂"))
    page = _page(office, _user(officer, "power", name="丙电厂"))  # a class without a curve of its own
    assert "该类别没有曲线" in page and "分类曲线" not in page


def test_an_officer_derives_the_profile_and_too_few_hours_are_refused(
    office: Client, looker: Client, officer: Account
) -> None:
    user = _user(officer)
    address = f"/ledger/{user.pk}/profile/"
    answer = office.post(address, {"valid_from": "2026-03-01"}, follow=True).content.decode()
    assert "没有足够的小时读数" in answer and not UseProfile.objects.exists()
    meter = add_meter(
        officer,
        NewMeter(number="H1", keeper=the_office().pk, user=user.pk),
        MeterFields(grid_minutes=60),
        valid_from=date(2025, 1, 1),
    )
    at = [BEGIN + hour * HOUR for hour in range(60 * 24)]
    columns = [[meter.pk] * len(at), at, [hour * 300 for hour in range(len(at))], at]
    with reading_store().writer() as writer:
        writer.put_meters(meter_table(meter_rules([meter])))
        writer.append("b", pa.table(columns, schema=SCHEMA))
    answer = office.post(address, {"valid_from": "2026-03-01"}, follow=True).content.decode()
    assert "自 2026-03-01 起，由此前 8 周的小时读数得出" in answer
    assert looker.post(address, {"valid_from": "2026-03-01"}).status_code in (403, 404)
    answer = office.post(address, {"valid_from": "三月"}, follow=True).content.decode()
    assert UseProfile.objects.count() == 1 and "“自何日起”为空" in answer
