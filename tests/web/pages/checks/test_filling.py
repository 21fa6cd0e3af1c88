"""The form of a check is for its team; it keeps what was typed, and one signs what another filled in."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from services.inspections.check_city import PNG, CheckedCity
from shuiheng.adapters.records.models import CheckState
from shuiheng.services.inspections.check_steps import content_digest
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE, LED_ON, REFUSED = 404, 302, 422


def fields(checked: CheckedCity, **changes: str) -> dict[str, str]:
    return {
        "result": "to_mend",
        "begun_at": "2026-03-02T09:00",
        "ended_at": "2026-03-02T10:00",
        "summary": "二号口没有装表",
        "is_certificate_shown": "1",
        f"a-{checked.question}": "no",
    } | changes


def test_a_form_is_for_the_team_and_says_that_a_phone_may_keep_it(
    checked: CheckedCity, browser: Browser
) -> None:
    row = checked.check()
    address = reverse("check_form", args=[row.pk])
    answer = browser(checked.inspectors[0]).get(address)
    assert answer["X-Phone-Form"] == "1" and "取水口是否装有计量设施" in answer.content.decode()
    row.team.filter(inspector=checked.entries[1]).delete()
    assert browser(checked.inspectors[1]).get(address).status_code == GONE
    assert browser(checked.reviewer).get(address).status_code == GONE


def test_what_was_typed_stays_when_the_form_is_refused(checked: CheckedCity, browser: Browser) -> None:
    row = checked.check()
    client = browser(checked.inspectors[0])
    address = reverse("check_form", args=[row.pk])
    answer = client.post(address, fields(checked, is_certificate_shown=""))
    page = answer.content.decode()
    assert answer.status_code == REFUSED and "出示执法证件" in page and "二号口没有装表" in page
    assert client.post(address, fields(checked)).status_code == LED_ON
    row.refresh_from_db()
    assert row.state == CheckState.UNDER_WAY and row.begun_at is not None
    assert row.begun_at.isoformat() == "2026-03-02T01:00:00+00:00"


def test_the_second_inspector_signs_on_the_page(checked: CheckedCity, browser: Browser) -> None:
    row = checked.filled(checked.check())
    client = browser(checked.inspectors[1])
    assert (
        reverse("sign_check", args=[row.pk]) in client.get(reverse("check", args=[row.pk])).content.decode()
    )
    client.post(reverse("sign_check", args=[row.pk]), {"digest": content_digest(row)})
    row.refresh_from_db()
    assert row.state == CheckState.FINDING_OPEN


def test_a_scan_of_the_paper_is_added_after_the_record(checked: CheckedCity, browser: Browser) -> None:
    row = checked.recorded()
    client = browser(checked.inspectors[0])
    scan = SimpleUploadedFile("record.png", PNG + b"scan")
    client.post(reverse("add_check_file", args=[row.pk]), {"kind": "scan", "files": scan})
    assert list(row.files.values_list("kind", "is_electronic")) == [("photo", True), ("scan", False)]
    client.post(reverse("add_check_file", args=[row.pk]), {"kind": "scan"})
    assert row.files.count() == 2
