"""What happened to a case, event by event, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shuiheng.adapters.records.models import Account, CaseEvent
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.web import words
from shuiheng.web.pages.cases.one.named import step_names
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.words_cases import EVENTS, OUTCOMES, PROOFS


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One event as the page shows it.

    Args:
        what: What happened.
        details: Step, evidence, outcome, number, reason, in words.
        on: Its day.
        person: Who entered it.
        at: When it was entered.
    """

    what: str
    details: Sequence[str]
    on: date
    person: Account | None
    at: datetime


def history_of(
    kind: ProgrammeKind, events: Sequence[CaseEvent], people: Mapping[int, Account]
) -> list[HistoryLine]:
    """Return the events of a case in words, the newest first."""
    steps = step_names(kind)
    reasons = {each.id: each.names[language()] for each in kind.result.revocations}
    return [
        HistoryLine(
            what=words.word(EVENTS, row.sort),
            details=[each for each in _details(row.sort, row.content, steps, reasons) if each],
            on=row.on,
            person=people.get(row.entered_by_id),
            at=row.entered_at,
        )
        for row in reversed(events)
    ]


def _details(
    sort: str, content: Mapping[str, Any], steps: Mapping[str, str], reasons: Mapping[str, str]
) -> Iterator[str]:
    known = programme_words()
    if "step" in content:
        yield steps.get(content["step"], content["step"])
    if sort == "evidence_added":
        yield known.evidence[content["kind"]][language()]
    if sort == "evidence_reviewed":
        yield words.word(PROOFS, "accepted" if content["is_accepted"] else "rejected")
    if sort in ("evidence_added", "evidence_reviewed", "objected", "objection_settled"):
        yield content["key"]
    if sort == "step_ended":
        yield words.word(OUTCOMES, content["outcome"])
        yield known.actors[content["actor"]].names[language()]
    level = content.get("level", "")
    yield known.levels[level][language()] if level else ""
    yield content.get("number", "")
    yield reasons.get(content.get("reason", ""), content.get("reason", ""))
