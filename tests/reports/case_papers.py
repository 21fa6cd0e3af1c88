"""Cases of shipped kinds as their documents print them."""

from __future__ import annotations

from datetime import date
from typing import Any

from rulebook.test_programme_courses import Walk, subject
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.adapters.rulebook.sources import read_sources
from shuiheng.programmes.case import last_open_day
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.scoring import score_of
from shuiheng.programmes.terms import due_on
from shuiheng.reports.case_paper import CasePaper, PaperWords
from shuiheng.reports.model import Report, paragraphs_of, shown, tables_of
from shuiheng.reports.signing import Signing

KINDS = shipped_programmes()
SIGNING = Signing(place="青禾市", signer="青禾市节水办", issued_on=date(2026, 4, 2))
SUBJECT, DISTRICT = "清河苑", "东河区"


def words() -> PaperWords:
    """Return the shipped words in Chinese."""
    found = programme_words()
    named = {
        name: {code: each["zh"] for code, each in getattr(found, name).items()}
        for name in ("evidence", "documents", "levels", "units", "fields")
    }
    return PaperWords(
        **named,
        actors={code: word.names["zh"] for code, word in found.actors.items()},
        facts={code: word.names["zh"] for code, word in found.facts.items()},
        sources={source.id: source.title for source in read_sources(rulebook_folder())},
    )


WORDS = words()


def walked(kind: ProgrammeKind, until: str | None = None) -> Walk:
    """Return a case that was led through all of its steps, or through those until one has ended."""
    walk = Walk.begin(kind)
    if until == "":
        return walk
    for step in kind.steps:
        walk.prove(step)
        walk.end(step)
        if step.id == until:
            break
    return walk


def paper_of(walk: Walk, **changed: Any) -> CasePaper:
    """Return a case as its documents print it."""
    kind, state = walk.kind, walk.state
    dues = {step.id: due.on for step in kind.steps if (due := due_on(walk.course, state, step)) is not None}
    open_until = {name: last_open_day(walk.course, state, kind.step(name)) for name in state.published}
    criteria = kind.criteria
    score = score_of(kind, criteria, subject(criteria, is_best=True)) if criteria is not None else None
    given = {"score": score, "dues": dues, "open_until": open_until, "note": "一期"} | changed
    return CasePaper(
        key="case:1",
        kind=kind,
        state=state,
        events=tuple(walk.events),
        subject=SUBJECT,
        district=DISTRICT,
        words=WORDS,
        **given,
    )


def said(report: Report) -> str:
    """Return all words of a document."""
    lines = [report.title, *report.addressees, *(each.text for each in paragraphs_of(report))]
    for table in tables_of(report):
        lines += [column.title for column in table.columns]
        lines += [shown(cell) for row in table.rows for cell in row]
        lines.append(table.note)
    return "\n".join(lines)
