"""Beliefs read as rows, people under their masks, and what reads the same is the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, ContactFact, MeterFact, PermitFact, UserFact
from shuiheng.services.ledger import book_forms as forms
from shuiheng.services.ledger.book_rows import mask_of, normal, row_of, subject_of
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger


@pytest.mark.django_db
def test_a_belief_reads_as_its_row(officer: Account) -> None:
    settle_demo_ledger(officer, the_office().place)
    row = row_of(forms.USERS, UserFact.objects.get(name="示例中学"))
    assert (row["number"], row["use_class"], row["is_open"], row["is_above_scale"]) == (
        "000004",
        forms.words_for("use_class")["services"],
        "是",
        None,
    )
    row = row_of(forms.METERS, MeterFact.objects.get(subject__number="YR-02"))
    assert (row["parent"], row["meter_level"], row["step_litres"]) == ("YR-01", "二级（车间）", 1)
    row = row_of(forms.PERMITS, PermitFact.objects.get(volume_m3=600_000))
    assert (row["user"], row["source"], row["expires_on"]) == ("000001", "2", date(2028, 12, 31))
    fact = ContactFact.objects.filter(subject__number="000001").get()
    row = row_of(forms.CONTACTS, fact)
    assert (row["duty"], row["name"], row["email"]) == ("水务经理", "吴*", None)
    assert row["phone"] == mask_of(fact, "phone") != fact.phone


def test_what_reads_the_same_is_the_same() -> None:
    code, text = forms.USERS.column("number"), forms.USERS.column("name")
    assert normal(code, "ａ-01 ") == normal(code, "A-01") == "A-01"
    assert normal(text, " 甲厂 ") == "甲厂" != normal(text, "甲 厂")
    assert normal(text, "") is None and normal(text, None) is None
    assert normal(forms.PERMITS.column("volume_m3"), Decimal("5.000000")) == Decimal(5)


def test_a_subject_is_known_whatever_the_day() -> None:
    row = {"user": "a", "code": "布", "valid_from": date(2026, 1, 1)}
    assert subject_of(forms.ACTIVITIES, row) == ("A", "布")
