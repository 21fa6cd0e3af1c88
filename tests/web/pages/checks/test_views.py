"""The office sees every check with its evidence; nobody else sees what is planned."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.inspections.check_city import CheckedCity
from shuiheng.adapters.records.models import Check, CheckResult
from shuiheng.services.inspections.publish_check import publish_check
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


def test_the_list_shows_what_is_late_and_who_goes_there(checked: CheckedCity, browser: Browser) -> None:
    late = checked.check(due_on=timezone.localdate() - timedelta(days=1))
    checked.check("乙厂")
    office = browser(checked.clerk)
    page = office.get(reverse("checks") + "?state=late").content.decode()
    assert late.subject in page and checked.user("乙厂").organisation.name not in page and "逾期" in page
    own = browser(checked.inspectors[0]).get(reverse("checks") + "?own=1").content.decode()
    assert late.subject in own
    assert browser(checked.filer(checked.user("甲厂"))).get(reverse("checks")).status_code == GONE
    csv = office.get(reverse("checks_export", args=["csv"])).content.decode("utf-8-sig")
    assert late.subject in csv
    assert office.get(reverse("checks_export", args=["pdf"])).status_code == GONE


def test_one_check_offers_each_person_what_is_theirs(checked: CheckedCity, browser: Browser) -> None:
    row = checked.recorded()
    address = reverse("check", args=[row.pk])
    reviewer = browser(checked.reviewer).get(address).content.decode()
    assert reverse("new_order", args=[row.pk]) in reviewer and "电子记录未经审核" in reviewer
    assert reverse("publish_check", args=[row.pk]) in reviewer
    clerk = browser(checked.clerk).get(address).content.decode()
    assert reverse("new_order", args=[row.pk]) not in clerk and "打印用检查记录" in clerk
    assert "王工" not in clerk  # who was present is masked


def test_a_picture_is_shown_to_the_office_and_a_record_printed(
    checked: CheckedCity, browser: Browser
) -> None:
    row = checked.recorded()
    office = browser(checked.clerk)
    picture = office.get(reverse("check_file", args=[row.files.get().pk]))
    assert picture["Content-Type"] == "image/png" and picture["Cache-Control"] == "no-store"
    word = office.get(reverse("check_record", args=[row.pk])).content
    text = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    assert row.subject in text and "王工" in text and row.files.get().sha256 in text


def test_results_wait_for_publication_and_stand_in_the_public_list_without_persons(
    checked: CheckedCity, browser: Browser
) -> None:
    row, other = checked.recorded(result=CheckResult.PASSED), checked.recorded("乙厂")
    Check.objects.filter(pk=other.pk).update(publish_by=timezone.localdate() - timedelta(days=1))
    publish_check(checked.reviewer, row.pk)
    office = browser(checked.clerk)
    page = office.get(reverse("check_publication")).content.decode()
    assert row.subject in page and other.subject in page and page.count("逾期") == 1
    csv = office.get(reverse("check_publication_export", args=["csv"])).content.decode("utf-8-sig")
    assert row.subject in csv and other.subject not in csv and "王" not in csv and "inspector" not in csv
