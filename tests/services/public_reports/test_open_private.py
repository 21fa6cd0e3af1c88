"""Contact and photos are read by those who deal with a report, and each look is written down."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from filing import PHOTO
from services.public_reports.made_up import LEAK, Town
from shuiheng.adapters.records.models import Event, PublicReportContact, PublicReportPhoto
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.public_reports.open_private import open_photo, reveal_reporter

pytestmark = pytest.mark.django_db


def test_a_look_at_the_contact_needs_a_purpose_and_is_written_down(town: Town) -> None:
    row = town.assigned()
    with pytest.raises(ServiceError):
        reveal_reporter(town.supplier, row.pk, purpose=" ")
    with pytest.raises(NotPermittedError):
        reveal_reporter(town.reviewer, row.pk, purpose="看看")
    assert reveal_reporter(town.supplier, row.pk, purpose="核实位置").phone == LEAK.phone
    seen = Event.objects.get(action="contact.revealed")
    assert (seen.subject, seen.reason) == (f"public_report:{row.pk}", "核实位置")
    PublicReportContact.objects.update(erased_at=timezone.now())
    with pytest.raises(NotThereError):
        reveal_reporter(town.clerk, row.pk, purpose="核实位置")


def test_a_report_without_a_name_has_no_contact_to_reveal(town: Town) -> None:
    row = town.assigned(replace(LEAK, name="", phone=""))
    with pytest.raises(NotThereError):
        reveal_reporter(town.clerk, row.pk, purpose="核实位置")


def test_a_photo_is_opened_by_those_who_see_its_report(town: Town) -> None:
    town.send(photos=[("a.png", PHOTO)])
    photo = PublicReportPhoto.objects.get()
    with pytest.raises(NotThereError):
        open_photo(town.supplier, photo.pk)
    assert open_photo(town.reviewer, photo.pk).content == PHOTO
    assert Event.objects.filter(action="public_report.photo_opened").count() == 1
