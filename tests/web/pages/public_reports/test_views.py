"""The office sees what came in, a unit what was sent to it; contacts are masked until a purpose is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from filing import PHOTO
from services.public_reports.made_up import LEAK, Town
from shuiheng.adapters.records.models import PublicReportPhoto
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


def test_the_list_is_filtered_and_exported_without_contacts(town: Town, browser: Browser) -> None:
    town.send()
    town.send(replace(LEAK, kind="car_wash", words="洗车店用消防水洗车", spot="解放路", name=""))
    office = browser(town.clerk)
    page = office.get(reverse("public_reports") + "?kind=car_wash&state=new").content.decode()
    assert "洗车店" in page and LEAK.words not in page
    assert "没有符合条件" in office.get(reverse("public_reports") + "?late=1").content.decode()
    csv = office.get(reverse("public_reports_export", args=["csv"])).content.decode("utf-8-sig")
    assert LEAK.words in csv and LEAK.phone not in csv and LEAK.name not in csv
    assert office.get(reverse("public_reports_export", args=["pdf"])).status_code == GONE


def test_a_contact_is_masked_until_a_purpose_is_said(town: Town, browser: Browser) -> None:
    row = town.assigned()
    unit = browser(town.supplier)
    page = unit.get(reverse("public_report", args=[row.pk])).content.decode()
    assert "周*" in page and "139****1234" in page and LEAK.phone not in page
    address = reverse("reveal_public_report", args=[row.pk])
    assert LEAK.phone not in unit.post(address, {"purpose": " "}).content.decode()
    assert LEAK.phone in unit.post(address, {"purpose": "核实位置"}).content.decode()


def test_a_unit_sees_what_was_sent_to_it_only(town: Town, browser: Browser) -> None:
    own = town.assigned()
    other = town.send(replace(LEAK, words="另外一处漏水了"), photos=[("a.png", PHOTO)]).row
    unit = browser(town.supplier)
    page = unit.get(reverse("public_reports")).content.decode()
    assert own.number in page and other.number not in page
    assert unit.get(reverse("public_report", args=[other.pk])).status_code == GONE
    photo = reverse("public_report_photo", args=[PublicReportPhoto.objects.get().pk])
    assert unit.get(photo).status_code == GONE
    assert browser(town.reviewer).get(photo).content == PHOTO
