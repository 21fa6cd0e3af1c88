"""A report is kept once, photos without marks, the contact apart, and a twin is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filing import PHOTO
from services.public_reports.made_up import LEAK, OTHER_HOME, Town
from shuiheng.adapters.records.models import Event, PublicReport, PublicReportContact, PublicReportPhoto
from shuiheng.services.errors import ServiceError
from shuiheng.services.file_store import kept_content
from shuiheng.services.public_reports import take_report as taking
from shuiheng.services.public_reports.report_form import code_digest, new_form
from shuiheng.services.public_reports.report_terms import DailyLimits
from shuiheng.services.public_reports.take_report import refuse_size

pytestmark = pytest.mark.django_db
MARKED = PHOTO[:8] + b"\x00\x00\x00\x04tEXtHome\x00\x00\x00\x00" + PHOTO[8:]
TIGHT = DailyLimits(per_address=1, per_city=2, lookups=1, photos=1, photo_mb=1, photos_mb=1)


def _code(work: object, *args: object, **named: object) -> str:
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)  # type: ignore[operator]  # any service
    return refused.value.code


def test_a_report_is_kept_with_its_term_and_its_contact_apart(town: Town) -> None:
    receipt = town.send(replace(LEAK, district=str(town.district.pk)))
    row = PublicReport.objects.get()
    assert (row.state, row.kind, row.district, row.pace) == ("new", "hydrant", town.district, "prompt")
    assert row.triage_by < row.due_on
    assert row.code_digest == code_digest(row.number, receipt.code)
    assert PublicReportContact.objects.get(report=row).phone == LEAK.phone
    said = str(list(Event.objects.filter(action="public_report.received").values_list("after", flat=True)))
    assert row.number in said and LEAK.words not in said and LEAK.name not in said


def test_the_same_form_sent_again_is_the_same_report(town: Town) -> None:
    mark = new_form(town.place)
    first, again = town.send(mark=mark), town.send(mark=mark)
    assert (first.row.pk, first.code) == (again.row.pk, again.code)
    assert town.send(replace(LEAK, words="另一处也漏水了"), mark=mark).row.pk != first.row.pk


def test_a_photo_loses_what_a_camera_wrote_and_shows_a_twin(town: Town) -> None:
    first = town.send(photos=[("a.png", MARKED), ("b.png", PHOTO)]).row
    photo = PublicReportPhoto.objects.get(report=first)
    assert kept_content(photo.stored_name) == PHOTO and b"Home" in MARKED
    other = town.send(replace(LEAK, words="这里有水流出来"), photos=[("c.png", PHOTO)]).row
    same_words = town.send(replace(LEAK, words="路口消火栓一直漏水 已经两天了", spot="别处")).row
    third = town.send(replace(LEAK, words="完全是另一件事情")).row
    assert (first.twin, other.twin, same_words.twin, third.twin) == (None, first, first, None)


def test_what_is_no_photo_or_too_much_is_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _code(town.send, photos=[("a.pdf", b"%PDF-1.4 x")]) == "public_reports.photo_kind"
    assert _code(town.send, photos=[("a.png", b"GIF89a")]) == "public_reports.photo_kind"
    monkeypatch.setattr(taking, "daily_limits", lambda place, on: TIGHT)
    two = [("a.png", PHOTO), ("b.png", PHOTO)]
    assert _code(town.send, photos=two) == "public_reports.photo_many"
    assert _code(town.send, photos=[("a.png", PHOTO + b"0" * 2**20)]) == "public_reports.photo_size"
    assert _code(refuse_size, town.place, 2**20 + 1) == "public_reports.photo_size"
    assert not PublicReport.objects.exists()


def test_an_address_and_a_city_have_their_limits(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "daily_limits", lambda place, on: TIGHT)
    town.send()
    assert _code(town.send) == "public_reports.too_many"
    town.send(address=OTHER_HOME)
    assert _code(town.send, address="198.51.100.1") == "public_reports.city_full"
    assert PublicReport.objects.count() == 2


def test_when_the_photos_of_a_day_are_full_words_are_still_taken(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "daily_limits", lambda place, on: replace(TIGHT, per_address=5, photos_mb=0))
    assert _code(town.send, photos=[("a.png", PHOTO)]) == "public_reports.photos_full"
    assert town.send().row.state == "new"
