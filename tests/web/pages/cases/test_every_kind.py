"""Every kind has its run, its board, its workbook out and in, its page of a case and all of its documents."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.cases.books import a_book
from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.cases.candidates import has_register
from shuiheng.services.cases.case_book import case_workbook, receive_cases, take_cases
from shuiheng.services.cases.case_form import form_of
from shuiheng.services.cases.case_rows import rows_of_cases
from web.pages.awards.conftest import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.any_database("pages are the same on every database")]
KINDS = shipped_programmes()
OK = 200


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_kind_is_whole_on_its_pages(city: CaseCity, browser: Browser, kind: ProgrammeKind) -> None:
    office = browser(city.clerk)
    name = kind.names["zh"]
    row = bring_on(city, city.open(kind.id, "青禾一号", sort=kind.subject))
    runs = ("eligibility",) if has_register(kind) else ()
    for page in (*runs, "case_board", "cases"):
        answer = office.get(reverse(page), {"kind": kind.id})
        assert answer.status_code == OK and name in answer.content.decode(), page
    shown = office.get(reverse("case", args=[row.pk])).content.decode()
    assert "青禾一号" in shown and all(step.names["zh"] in shown for step in kind.steps)
    for document in kind.documents:
        assert office.get(reverse("case_document", args=[row.pk, document])).status_code == OK, document
    word = office.get(reverse("case_document_file", args=[row.pk, kind.documents[0]]))
    assert word.status_code == OK and word.content[:2] == b"PK"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_kind_goes_out_and_comes_in_by_workbook(city: CaseCity, kind: ProgrammeKind) -> None:
    row = bring_on(city, city.open(kind.id, "青禾一号", sort=kind.subject))
    name, content = case_workbook(city.clerk, kind.id, [row])
    assert kind.names["zh"] in name
    again = receive_cases(city.clerk, content=content, name=name)
    assert (again.content["errors"], again.content["new"], again.content["same"]) == (0, 0, 1)
    other = "西山区" if kind.subject == "area" else "青禾二号"
    ((_, sent),) = rows_of_cases([row])
    told = sent | {"name": other, "number": "N-二", "paper": "档案室1号"}
    if kind.criteria is not None:
        told["score"] = kind.criteria.full
    columns = {column.key for column in form_of(kind, ["东河区"]).columns} - {"case"}
    book = a_book({key: told[key] for key in columns & told.keys()}, kind=kind.id)
    received = receive_cases(city.clerk, content=book, name=name)
    assert received.content["errors"] == 0, received.content["findings"]
    batch = take_cases(city.reviewer, received.pk)
    made = ProgrammeCase.objects.get(batch=batch)
    assert (made.subject_name, made.phase, made.reached_on) == (other, row.phase, row.reached_on)
