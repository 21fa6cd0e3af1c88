"""The page of classes of payers: asked for by number, decided on by another."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from services.charges.made_up import City, book, use_book
from shuiheng.adapters.records.models import PayerClass

pytestmark = pytest.mark.django_db


def test_a_class_is_asked_for_by_number_and_accepted_by_another(
    city: City, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_book(monkeypatch, book(credit_price_factor={"red": Decimal("1.5")}))
    user = city.user("甲厂", litres={})
    client.force_login(city.clerk)
    for number in ("nobody", user.number):
        sent = SimpleUploadedFile("评价.pdf", b"%PDF-1.4 grades")
        typed = {"number": number, "code": "red", "day": "2025-01-01", "reason": "评价", "document": sent}
        client.post("/charges/classes/ask/", typed)
    row = PayerClass.objects.get()
    client.force_login(city.reviewer)
    assert "甲厂" in client.get("/charges/classes/").content.decode()
    assert client.post(f"/charges/classes/{row.pk}/accept/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("accepted", city.reviewer)
    assert client.post(f"/charges/classes/{row.pk}/other/").status_code == 404
