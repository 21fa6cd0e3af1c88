"""Entries of a visit that a phone kept are taken exactly once, and what cannot be read says so."""

from __future__ import annotations

import hashlib
import json

import pytest

from services.cases.acting import Cast, code
from shuiheng.adapters.records.models import CaseAnswer, CaseEvidence, ProgrammeCase
from shuiheng.programmes.receipts import SentEntry
from shuiheng.services.cases.visit_entries import visit_from
from shuiheng.services.take_entry import take_entry

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
FORM = {"step": "visit", "visited_at": "2025-03-01T09:30", "present": "后勤处", "record": "水表完好"}


def _sent(content: bytes, number: int) -> SentEntry:
    return SentEntry(key=f"{number:032x}", sha256=hashlib.sha256(content).hexdigest(), content=content)


def _visit(cast: Cast) -> ProgrammeCase:
    row = cast.invited()
    cast.prove(cast.filer, row, "apply", 1)
    cast.end(cast.filer, row, "apply", 1)
    cast.prove(cast.district, row, "review", 2)
    return cast.end(cast.district, row, "review", 2)


def test_a_form_and_its_photos_arrive_once_however_often_they_are_sent(cast: Cast) -> None:
    row = _visit(cast)
    form = json.dumps(FORM | {"criterion-teaching": "9", "fact-fixture_rate": ""}).encode()
    before = CaseEvidence.objects.count()
    for _ in range(3):
        take_entry(cast.inspector, _sent(form, 1), f"case_visit:{row.pk}", media_type="application/json")
        photo = f"case_photo:{row.pk}:visit"
        take_entry(
            cast.inspector, _sent(PNG, 2), photo, media_type="image/png", kept_at="2025-03-01T01:31:00Z"
        )
        take_entry(
            cast.inspector, _sent(PNG + b"1", 3), f"case_record:{row.pk}:visit", media_type="image/png"
        )
    found = list(CaseEvidence.objects.order_by("pk").values_list("kind", "is_electronic"))[before:]
    assert found == [("site_record", False), ("photo", True), ("site_record", True)]
    assert CaseAnswer.objects.get().value == "9"
    assert CaseEvidence.objects.get(kind="photo").taken_at is not None


def test_what_cannot_be_read_is_refused_and_may_be_sent_again(cast: Cast) -> None:
    row = _visit(cast)
    kind = f"case_visit:{row.pk}"
    for number, content in enumerate((b"{", b"[]", b'{"record": 1}', b"\xff")):
        sent = _sent(content, number)
        refused = code(take_entry, cast.inspector, sent, kind, media_type="application/json")
        assert refused == "cases.bad_form"
    text = _sent(b"text", 9)
    photo = f"case_photo:{row.pk}:visit"
    assert code(take_entry, cast.inspector, text, photo, media_type="text/plain") == "cases.wrong_evidence"
    form = json.dumps(FORM).encode()
    assert take_entry(cast.inspector, _sent(form, 0), kind, media_type="application/json").number


def test_an_empty_answer_is_none() -> None:
    visit = visit_from(FORM | {"criterion-records": " 8 ", "criterion-teaching": "", "moon-a": "1"})
    assert [(each.sort, each.name, each.value) for each in visit.answers] == [("criterion", "records", "8")]
    assert (visit.step, visit.present) == ("visit", "后勤处")
