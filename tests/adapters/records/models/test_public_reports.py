"""The database itself keeps two persons for what is published and one row for a photo of a report."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from services.public_reports.made_up import Town, town  # noqa: F401  the fixture
from shuiheng.adapters.records.models import PublicReport, PublicReportPhoto

pytestmark = pytest.mark.django_db


def test_who_wrote_the_words_does_not_publish_them(town: Town) -> None:  # noqa: F811
    row = town.send().row
    rows = PublicReport.objects.filter(pk=row.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(proposed_by=town.clerk, published_by=town.clerk)
    rows.update(proposed_by=town.clerk, published_by=town.reviewer)


def test_a_merged_report_names_another_and_no_other_does(town: Town) -> None:  # noqa: F811
    first, second = town.send().row, town.send().row
    rows = PublicReport.objects.filter(pk=second.pk)
    for broken in ({"state": "merged"}, {"merged_into": first}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**broken)
    rows.update(state="merged", merged_into=first)


def test_the_same_photo_stands_in_a_report_once(town: Town) -> None:  # noqa: F811
    photo = {"report": town.send().row, "stored_name": "x", "sha256": "y", "media_type": "image/png"}
    PublicReportPhoto.objects.create(**photo, byte_count=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicReportPhoto.objects.create(**photo, byte_count=1)
