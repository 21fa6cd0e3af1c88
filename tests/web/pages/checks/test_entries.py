"""Phones get a receipt for what is taken, and a reason for what is not; the worker comes from the root."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.test import Client
from django.urls import reverse

from services.inspections.check_city import CheckedCity
from web.pages.awards.conftest import Browser
from web.pages.checks.test_filling import fields

pytestmark = pytest.mark.django_db
OK, LED_ON, CHANGED, GONE, TOO_LARGE, REFUSED = 200, 302, 409, 410, 413, 422


def send(client: Client, kind: str, content: bytes, **changes: str) -> object:
    headers = {
        "X-Entry-Key": "a" * 32,
        "X-Entry-Sha256": hashlib.sha256(content).hexdigest(),
        "X-Entry-Kind": kind,
    } | changes
    return client.post(reverse("entries"), content, content_type="application/json", headers=headers)


def test_an_entry_gets_its_receipt_and_other_bytes_do_not(checked: CheckedCity, browser: Browser) -> None:
    row, client = checked.check(), browser(checked.inspectors[0])
    content = json.dumps(fields(checked)).encode()
    first = send(client, f"check_form:{row.pk}", content)
    assert first.status_code == OK and first.json()["key"] == "a" * 32
    assert send(client, f"check_form:{row.pk}", content).json() == first.json()
    other = send(client, f"check_form:{row.pk}", b"{}")
    assert other.status_code == CHANGED and other.json()["code"] == "programmes.entry_changed"


def test_a_refusal_names_code_and_remedy(checked: CheckedCity, browser: Browser) -> None:
    row, client = checked.check(), browser(checked.inspectors[0])
    answer = send(client, f"check_form:{row.pk}", b"{}")
    assert answer.status_code == REFUSED and answer.json()["code"] == "checks.field_missing"
    assert answer.json()["remedy"] and answer.json()["again"] is False
    assert send(client, "check_form:999999", b"{}").status_code == GONE
    assert send(client, "unknown:1", b"{}").json()["code"] == "services.entry_kind"
    damaged = send(client, f"check_form:{row.pk}", b"{}", **{"X-Entry-Sha256": "0" * 64})
    assert damaged.json()["again"] is True
    assert send(client, f"check_form:{row.pk}", b" " * (16 << 20)).status_code == TOO_LARGE


def test_who_is_not_signed_in_is_led_to_sign_in(client: Client) -> None:
    assert send(client, "check_form:1", b"{}").status_code == LED_ON


def test_the_worker_is_served_from_the_root_under_the_policy(client: Client) -> None:
    answer = client.get("/form-worker.js")
    assert answer["Content-Type"].startswith("text/javascript") and answer["Cache-Control"] == "no-cache"
    assert (
        answer["Service-Worker-Allowed"] == "/" and "default-src 'none'" in answer["Content-Security-Policy"]
    )
