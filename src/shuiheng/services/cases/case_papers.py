"""Documents of a case (事项文书): what there is, who may read its drafts, and each as a Word document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from django.utils import timezone

from shuiheng.adapters.exports.official_document import write_official_document
from shuiheng.adapters.records.models import Account, ProgrammeCase
from shuiheng.adapters.records.sight import Grain
from shuiheng.adapters.rulebook.official_form import load_official_form
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.case import Course, last_open_day
from shuiheng.programmes.case_state import replay
from shuiheng.programmes.events import CaseEvent
from shuiheng.programmes.terms import due_on
from shuiheng.reports.case_documents import case_document
from shuiheng.reports.case_paper import (
    RETURN_NOTICE,
    REVOCATION_NOTICE,
    CasePaper,
    PaperWords,
    is_draft,
    papers_of,
    produced_on,
    producing_step,
    returned,
    revoked,
)
from shuiheng.reports.model import Report
from shuiheng.reports.report_json import freeze
from shuiheng.reports.signing import Signing
from shuiheng.services.cases.case_actors import actors_for
from shuiheng.services.cases.case_course import course_of_history, kind_of
from shuiheng.services.cases.keep_case import events_of
from shuiheng.services.cases.score_case import score_case
from shuiheng.services.charges.write_notices import source_titles
from shuiheng.services.errors import NotThereError
from shuiheng.services.permission import Action, Actor
from shuiheng.services.scope import sight
from shuiheng.services.signing_unit import signing_unit

OUTSIDE = ("unit", "supplier", "third_party")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A document of a case.

    Args:
        id: Its id.
        names: Its name in `zh` and `en`.
        is_draft: Whether what it says has not been done yet.
    """

    id: str
    names: Mapping[str, str]
    is_draft: bool


def papers_for(actor: Actor, row: ProgrammeCase) -> list[PaperLine]:
    """Return the documents of a case that an actor may read.

    Units and third parties read what is done, and drafts of what they write themselves.
    """
    return open_papers(actor, row, case_paper(row))


def open_papers(actor: Actor, row: ProgrammeCase, paper: CasePaper) -> list[PaperLine]:
    """Return the documents of a case that was read already, as `papers_for`."""
    names = programme_words().documents
    lines = [
        PaperLine(id=document, names=names[document], is_draft=is_draft(paper, document))
        for document in papers_of(paper.kind)
    ]
    if sight(actor, Action.CASES_LOOK).grain is not Grain.METER:
        return lines
    own = actors_for(actor, row)
    return [
        line
        for line in lines
        if not line.is_draft or own & set(producing_step(paper.kind, line.id, paper.state).who)
    ]


def case_report(actor: Actor, row: ProgrammeCase, document: str) -> Report:
    """Return a document of a case, the same for the same case and day.

    Raises:
        NotThereError: The case has no such document, or the actor may not read it.
    """
    paper = case_paper(row)
    if document not in {line.id for line in open_papers(actor, row, paper)}:
        raise NotThereError(f"case:{row.pk}:{document}")
    day = produced_on(paper, document) or timezone.localdate()
    paper = _scored(paper, row, day)
    return freeze(case_document(document, paper, _signing(paper, row, document)), audit_root=None)


def case_file(actor: Actor, row: ProgrammeCase, document: str) -> bytes:
    """Return a document of a case as a Word document.

    Raises:
        NotThereError: The case has no such document, or the actor may not read it.
    """
    return write_official_document(case_report(actor, row, document), load_official_form())


def case_paper(row: ProgrammeCase, course: Course | None = None) -> CasePaper:
    """Return a case as its documents print it, without a score.

    Args:
        row: The case.
        course: By what it is judged, where that was read already.
    """
    kind, events = kind_of(row), events_of(row)
    course = course_of_history(kind) if course is None else replace(course, frozen_until=None)
    state = replay(course, events)
    titles = {piece.key: piece.title or piece.original_name for piece in row.evidence.all()}
    return CasePaper(
        key=f"case:{row.pk}",
        kind=kind,
        state=state,
        events=tuple(events),
        subject=row.subject_name,
        district=row.district.name,
        words=paper_words(),
        titles=titles,
        dues={step.id: due.on for step in kind.steps if (due := due_on(course, state, step)) is not None},
        open_until={name: last_open_day(course, state, kind.step(name)) for name in state.published},
        recheck_on=row.recheck_on,
        commissioned=row.commissioned.name if row.commissioned is not None else "",
        note=row.note,
    )


def _scored(paper: CasePaper, row: ProgrammeCase, day: date) -> CasePaper:
    """Return a case with its score of a day; with that on paper where only paper bears what was passed."""
    score = score_case(row, day)
    ended = [event for event in paper.state.ended.values() if event.passed_levels and event.on <= day]
    passed = ended[-1].passed_levels if ended else frozenset()
    if score is None or passed <= score.passed_levels:
        return replace(paper, score=score)
    is_kept = row.score_lowest is not None and row.score_lowest == row.score_highest
    return replace(paper, paper_score=row.score_lowest if is_kept else None)


@cache
def paper_words() -> PaperWords:
    """Return the Chinese words that documents of cases print."""
    found = programme_words()
    return PaperWords(
        actors={code: word.names["zh"] for code, word in found.actors.items()},
        evidence=_chinese(found.evidence),
        documents=_chinese(found.documents),
        levels=_chinese(found.levels),
        units=_chinese(found.units),
        fields=_chinese(found.fields),
        facts={code: word.names["zh"] for code, word in found.facts.items()},
        sources=source_titles(),
    )


def _chinese(names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {code: each["zh"] for code, each in names.items()}


def _signing(paper: CasePaper, row: ProgrammeCase, document: str) -> Signing:
    """Return who signs: the unit of whoever did what the document says."""
    place = row.place.name
    ended = paper.state.ended.get(producing_step(paper.kind, document, paper.state).id)
    events: dict[str, CaseEvent | None] = {
        RETURN_NOTICE: returned(paper),
        REVOCATION_NOTICE: revoked(paper) or ended,
    }
    done = events.get(document, ended)
    account = Account.objects.filter(pk=int(done.by)).first() if done is not None else None
    signer = signing_unit(account, place)
    if done is not None and getattr(done, "actor", "") in OUTSIDE:
        signer = signer.removeprefix(place)
    return Signing(place=place, signer=signer)
