"""The page of one case, the case as JSON, and the files of its evidence."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    OrganisationKind,
    ProgrammeCase,
)
from shuiheng.adapters.records.queries_cases import holding_on, read_whole
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.case import ALIVE, BEFORE_AWARD, CaseState, Course
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.terms import term_of
from shuiheng.reports.case_paper import CasePaper, returned
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked
from shuiheng.services.cases.add_case_evidence import case_evidence_file
from shuiheng.services.cases.answer_case import may_answer
from shuiheng.services.cases.case_actors import actors_for
from shuiheng.services.cases.case_course import course_of, kind_of
from shuiheng.services.cases.case_papers import case_paper, open_papers
from shuiheng.services.cases.file_visit import visit_step
from shuiheng.services.cases.living import risk_names
from shuiheng.services.cases.score_case import FACT, read_answer, score_and_facts
from shuiheng.services.keep_evidence import EVIDENCE_ENDINGS, SHOWN_INSIDE
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now
from shuiheng.services.scope import roles_over
from shuiheng.web.page import page, seen
from shuiheng.web.pages.cases.one.history import history_of
from shuiheng.web.pages.cases.one.named import fact_name
from shuiheng.web.pages.cases.one.score_sheet import ScoreSheet, said_value, score_sheet
from shuiheng.web.pages.cases.one.steps import ShownStep, StepDesk, shown_steps
from shuiheng.web.pages.cases.one.told import told_case
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.sending import attachment

MOST_UNITS = 200
ACCEPTED = ",".join(f".{ending}" for ending in EVIDENCE_ENDINGS)


@page(Action.CASES_LOOK)
def case(request: HttpRequest, key: int) -> HttpResponse:
    """Show one case."""
    return show_case(request, key)


def show_case(
    request: HttpRequest, key: int, *, typed: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    """Show one case; what was typed into a form that was refused stands in it again."""
    row = case_in_sight(seen(request, Action.CASES_LOOK), key)
    read_whole(row)
    course, today = course_of(row.place, kind_of(row)), timezone.localdate()
    paper = case_paper(row, course)
    kind, state = paper.kind, paper.state
    steps = shown_steps(_desk(request, row, course, state, today))
    may_score = may(request.user, Action.CASES_STEP) and may_answer(account_of(request), row)
    book = rulebook_now(row.place)
    context = {
        **_head(row, kind, today),
        **_rights(request, row, state),
        "row": row,
        "kind": kind,
        "steps": steps,
        "now": [each for each in steps if each.state == "open"],
        "used": {key for key, piece in state.evidence.items() if piece.is_used},
        "lies_open": any(each.is_lying_open for each in steps),
        "measures": _measures(kind, state),
        "amounts": [each for each in _measures(kind, state) if each[3] is not None],
        "sheet": sheet_of(row, kind, today, book=book),
        "may_score": may_score and state.phase in ALIVE,
        "objections": list(row.objections.select_related("entered_by", "settled_by")),
        "comments": list(row.comments.select_related("said_by")),
        "history": _history(row, kind),
        "papers": _papers(request, row, paper),
        "sent_back": _sent_back(paper),
        "reasons": [(each.id, each.names[language()]) for each in kind.result.revocations],
        "visit_step": _visit_step(kind, state, steps),
        "needs_until": _needs_until(row, kind, today, book),
        "units": _third_parties(request, row),
        "today": today,
        "typed": typed or {},
        "endings": ACCEPTED,
    }
    return render(request, "cases/one/case.html", context, status=status)


def case_in_sight(sight: Sight, key: int) -> ProgrammeCase:
    """Return a case in sight with what its page tells of it.

    Raises:
        Http404: There is none.
    """
    rows = sight(ProgrammeCase).select_related("place", "district", "organisation", "commissioned", "user")
    found = rows.select_related("project", "made_by", "batch").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@page(Action.CASES_LOOK)
def case_json(request: HttpRequest, key: int) -> HttpResponse:
    """Send one case with all that happened to it as JSON, without names of persons."""
    row = case_in_sight(seen(request, Action.CASES_LOOK), key)
    record_export(request.user, "cases", rows=1, action=Action.CASES_LOOK)
    text = json.dumps(told_case(row), ensure_ascii=False, indent=2)
    return attachment(text.encode("utf-8"), name=f"case-{row.pk}.json")


@page(Action.CASES_LOOK)
def case_evidence(request: HttpRequest, key: int) -> HttpResponse:
    """Send a file as a download."""
    found = case_evidence_file(request.user, key)
    return attachment(found.content, name=found.row.original_name)


@page(Action.CASES_LOOK)
def case_picture(request: HttpRequest, key: int) -> HttpResponse:
    """Show a picture or a PDF in the browser; other files are only sent."""
    found = case_evidence_file(request.user, key)
    if found.row.media_type not in SHOWN_INSIDE:
        raise Http404
    response = HttpResponse(found.content, content_type=found.row.media_type)
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(found.row.original_name)}"
    response.headers["Cache-Control"] = "no-store"
    return response


def _head(row: ProgrammeCase, kind: ProgrammeKind, today: date) -> dict[str, Any]:
    """Return what stands at the head of the page."""
    levels = {code: names[language()] for code, names in programme_words().levels.items()}
    level = row.reached_level or row.level
    holding = holding_on(row, today)
    names = risk_names(kind, row.risks, language())
    facts = [
        [f"{fact_name(name)} {_said(name, value)}" for name, value, *_rest in each.get("facts", ())]
        for each in row.risks
    ]
    return {
        "kind_name": kind.names[language()],
        "result_name": kind.result.names[language()],
        "level_name": levels.get(level, level),
        "holding": holding,
        "risks": list(zip(names, facts, strict=True)) if holding == "at_risk" else [],
        "about": _about(row),
    }


def _said(name: str, value: str) -> str:
    read = read_answer(FACT, name, value)
    return value if read is None else said_value(name, read)


def _about(row: ProgrammeCase) -> str:
    """Return the address of what a case is about, empty where it has no page."""
    try:
        if row.user_id is not None:
            return reverse("water_user", args=[row.user_id])
        if row.project_id is not None:
            return reverse("project", args=[row.project_id])
    except NoReverseMatch:
        return ""
    return ""


def _rights(request: HttpRequest, row: ProgrammeCase, state: CaseState) -> dict[str, bool]:
    def has(action: Action) -> bool:
        return may(request.user, action) and bool(roles_over(request.user, action, row))

    may_keep, is_alive = has(Action.CASES_KEEP), state.phase in ALIVE
    return {
        "may_keep": may_keep,
        "may_review": is_alive and has(Action.CASES_REVIEW),
        "may_step": is_alive and has(Action.CASES_STEP),
        "may_comment": has(Action.CASES_STEP),
        "may_give_up": may_keep and state.phase in BEFORE_AWARD,
        "may_revoke": bool(state.levels) and is_alive and has(Action.CASES_DECIDE),
    }


def _desk(
    request: HttpRequest, row: ProgrammeCase, course: Course, state: CaseState, today: date
) -> StepDesk:
    own: Collection[str] = (
        actors_for(request.user, row) if may(request.user, Action.CASES_STEP) else frozenset()
    )
    return StepDesk(
        row=row,
        course=course,
        state=state,
        own=own,
        people=_people(row),
        evidence=list(row.evidence.all()),
        on=today,
    )


def _people(row: ProgrammeCase) -> Mapping[int, Account]:
    return {each.entered_by_id: each.entered_by for each in row.events.all()}


def sheet_of(row: ProgrammeCase, kind: ProgrammeKind, on: date, *, book: Rulebook) -> ScoreSheet | None:
    """Return the score sheet of a case by what is known on a day; None for a kind without criteria."""
    if kind.criteria is None:
        return None
    rows = row.answers.filter(Q(superseded_at__isnull=True) | Q(is_earlier_round=True)).order_by("pk")
    answers = list(rows.select_related("given_by"))
    score, facts = score_and_facts(row, on, book=book, answers=answers)
    return score_sheet(kind, score, facts, answers)


def _history(row: ProgrammeCase, kind: ProgrammeKind) -> object:
    return history_of(kind, list(row.events.all()), _people(row))


def _measures(kind: ProgrammeKind, state: CaseState) -> list[tuple[str, str, str, object]]:
    units = programme_words().units
    return [
        (each.id, each.names[language()], units[each.unit][language()], state.amounts.get(each.id))
        for each in kind.measures
    ]


def _papers(request: HttpRequest, row: ProgrammeCase, paper: CasePaper) -> list[tuple[str, str, bool]]:
    """Return the documents that the reader may open: address, name, whether it is a draft."""
    return [
        (reverse("case_document", args=[row.pk, line.id]), line.names[language()], line.is_draft)
        for line in open_papers(account_of(request), row, paper)
    ]


def _sent_back(paper: CasePaper) -> tuple[str, str] | None:
    """Return the step that is to be mended and why it was sent back; None once it has ended again."""
    last = returned(paper)
    if last is None:
        return None
    step = paper.kind.step(paper.kind.step(last.step).returns_to)
    return None if step.id in paper.state.ended else (step.id, last.reason)


def _visit_step(kind: ProgrammeKind, state: CaseState, steps: list[ShownStep]) -> str:
    """Return the id of the step of which the reader fills in the form of the visit now, or nothing."""
    wanted = visit_step(kind, state)
    is_own = wanted is not None and any(each.step.id == wanted.id and each.own for each in steps)
    return wanted.id if wanted is not None and is_own else ""


def _needs_until(row: ProgrammeCase, kind: ProgrammeKind, today: date, book: Rulebook) -> bool:
    """Return whether the last day of the result has to be entered, as neither rule nor kind says it."""
    validity = kind.result.validity
    if not validity.rule:
        return False
    asked = Asked(area=area_of_city(row.place), on=today)
    return term_of(validity, book, asked) is None


def _third_parties(request: HttpRequest, row: ProgrammeCase) -> list[Organisation]:
    if not (may(request.user, Action.CASES_KEEP) and may(request.user, Action.ORGANISATIONS_LOOK)):
        return []
    rows = seen(request, Action.ORGANISATIONS_LOOK)(Organisation)
    wanted = rows.filter(kind=OrganisationKind.THIRD_PARTY, to_on__isnull=True).order_by("name")
    return list(wanted[:MOST_UNITS])


def account_of(request: HttpRequest) -> Account:
    """Return the account that is signed in."""
    if not isinstance(request.user, Account):
        raise Http404
    return request.user
