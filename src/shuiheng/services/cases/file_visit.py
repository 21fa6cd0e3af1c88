"""File what was found on a visit (现场核查): its record as evidence, its points and figures as answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from shuiheng.adapters.records.models import CaseEvidence, ProgrammeCase
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.case import CaseState, open_steps
from shuiheng.programmes.kind import ProgrammeKind, StepKind
from shuiheng.services.cases.add_case_evidence import EvidenceFields, SentFile, add_case_files
from shuiheng.services.cases.answer_case import GivenAnswer, answer_case
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

RECORD, PHOTO = "site_record", "photo"
LONGEST_RECORD, LONGEST_LINE = 4000, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFields:
    """What was found on a visit.

    Args:
        step: The step for which it was made.
        visited_at: When, as it was written down.
        present: Who was there, by their offices.
        record: What was found.
        answers: Points and figures.
    """

    step: str
    visited_at: str
    present: str
    record: str
    answers: Sequence[GivenAnswer] = ()


def visit_step(kind: ProgrammeKind, state: CaseState) -> StepKind | None:
    """Return the open step that asks for the record of a visit or for photos, or None."""
    steps = [kind.step(name) for name in open_steps(kind, state)]
    steps += [each for each in (kind.result.recheck,) if each is not None and state.levels]
    for wanted in (RECORD, PHOTO):
        for step in steps:
            if any(need.kind == wanted for need in step.evidence):
                return step
    return None


def file_visit(actor: Actor, key: int, fields: VisitFields) -> CaseEvidence:
    """File a visit: its record is evidence for a second person, and the source of its points.

    Raises:
        ServiceError: `cases.words_needed`, and as `add_case_files` and `answer_case`; then nothing is kept.
        NotThereError, NotPermittedError: The case is not the actor's.
    """
    account = require(actor, Action.CASES_STEP)
    if not fields.record.strip():
        raise ServiceError("cases.words_needed")
    with transaction.atomic():
        kind = kind_of(row_for(account, Action.CASES_STEP, ProgrammeCase, pk=key))
        wanted = EvidenceFields(step=fields.step, kind=RECORD, title=fields.visited_at[:LONGEST_LINE])
        sent = SentFile(name="现场核查记录.txt", content=record_text(fields, kind).encode("utf-8"))
        evidence = add_case_files(actor, key, wanted, [sent])[0]
        if fields.answers:
            answer_case(actor, key, list(fields.answers), source=f"现场核查记录 {evidence.key}")
    return evidence


def record_text(fields: VisitFields, kind: ProgrammeKind) -> str:
    """Return the record of a visit as text, points and figures by their names."""
    leaves = kind.criteria.leaves() if kind.criteria is not None else ()
    names = {leaf.id: leaf.names["zh"] for leaf in leaves}
    names |= {name: word.names["zh"] for name, word in programme_words().facts.items()}
    lines = [
        "现场核查记录",
        f"时间：{fields.visited_at.strip()[:LONGEST_LINE]}",
        f"在场：{fields.present.strip()[:LONGEST_LINE]}",
        "",
        fields.record.strip()[:LONGEST_RECORD],
    ]
    lines += [f"{names.get(each.name, each.name)}：{each.value}" for each in fields.answers]
    return "\n".join(lines) + "\n"
