"""Duplicates are proposed, merged with a reason, and parted again from the page."""

from __future__ import annotations

from django.test import Client

from shuiheng.adapters.records.models import Account, UserMerge, WaterUser
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user
from web.pages.ledger.conftest import FIRST, Ledger


def test_a_like_name_is_proposed_and_merged_and_parted(
    office: Client, officer: Account, ledger: Ledger
) -> None:
    fields = WaterUserFields(name="青禾印染有限公司", district=ledger.district.pk, no_code_reason="重复")
    twin = add_water_user(officer, fields, valid_from=FIRST)
    path = f"/ledger/{twin.pk}/merge/"
    page = office.get(f"{path}?other={ledger.mill.number}")
    assert [each.fact.subject for each in page.context["candidates"]] == [ledger.mill]
    refused = office.post(path, {"other": "000099", "reason": "重复建户"})
    assert refused.status_code == 422 and 'value="重复建户"' in refused.content.decode()
    assert office.post(path, {"other": ledger.mill.number, "reason": "重复建户"}).status_code == 302
    ledger.meter.refresh_from_db()
    assert ledger.meter.user == twin
    shown = office.get(f"/ledger/{ledger.mill.pk}/").content.decode()
    assert "本户已并入" in shown and f"/ledger/{ledger.mill.pk}/change/" not in shown
    for form in ("change/", "add/site/", "merge/"):
        assert office.get(f"/ledger/{ledger.mill.pk}/{form}").status_code == 404
    assert [fact.subject for fact, _counts in office.get("/ledger/?q=印染").context["rows"]] == [twin]
    merge = UserMerge.objects.get()
    office.post(f"/ledger/merges/{merge.pk}/undo/", {"reason": ""})
    assert WaterUser.objects.filter(merged_into=twin).exists()
    office.post(f"/ledger/merges/{merge.pk}/undo/", {"reason": "是两家"})
    ledger.meter.refresh_from_db()
    assert ledger.meter.user == ledger.mill
    assert office.post(f"/ledger/merges/{merge.pk}/undo/", {"reason": "再来"}).status_code == 404


def test_a_user_is_not_merged_into_itself_nor_by_a_district_that_sees_one_of_them(
    office: Client, district_clerk: Client, ledger: Ledger
) -> None:
    path, reason = f"/ledger/{ledger.mill.pk}/merge/", {"reason": "重复建户"}
    assert office.post(path, {"other": ledger.mill.number, **reason}).status_code == 422
    assert district_clerk.post(path, {"other": ledger.school.number, **reason}).status_code == 422
    assert not UserMerge.objects.exists()
