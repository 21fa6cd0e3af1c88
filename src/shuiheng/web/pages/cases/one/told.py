"""A case as JSON tells it: what it is, what happened, what proves it, what it rests on; no names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from shuiheng.adapters.records.models import CaseAnswer, CaseEvent, CaseEvidence, ProgrammeCase
from shuiheng.adapters.records.queries_cases import holding_on


def told_case(row: ProgrammeCase) -> dict[str, Any]:
    """Return a case as JSON tells it."""
    return {
        "case": row.pk,
        "kind": row.kind,
        "kind_version": row.kind_version,
        "subject": {"key": row.subject_key, "name": row.subject_name},
        "district": {"code": row.district.code, "name": row.district.name},
        "phase": row.phase,
        "level": row.reached_level,
        "number": row.number,
        "opened_on": row.opened_on.isoformat(),
        "valid_until": _iso(row.valid_until),
        "recheck_on": _iso(row.recheck_on),
        "due_on": _iso(row.due_on),
        "open_steps": row.open_steps,
        "amounts": row.amounts,
        "score": {"lowest": _plain(row.score_lowest), "highest": _plain(row.score_highest)},
        "holding": holding_on(row, timezone.localdate()),
        "risks": row.risks,
        "events": [_event(each) for each in row.events.order_by("ordinal")],
        "evidence": [_evidence(each) for each in row.evidence.all()],
        "answers": [_answer(each) for each in row.answers.order_by("pk")],
    }


def _event(row: CaseEvent) -> dict[str, Any]:
    return {"sort": row.sort, "on": row.on.isoformat(), **row.content}


def _evidence(row: CaseEvidence) -> dict[str, Any]:
    return {
        "key": row.key,
        "step": row.step,
        "kind": row.kind,
        "sha256": row.sha256,
        "is_paper": row.is_paper,
        "is_accepted": row.is_accepted,
    }


def _answer(row: CaseAnswer) -> dict[str, Any]:
    return {
        "sort": row.sort,
        "name": row.name,
        "value": row.value,
        "source": row.source,
        "on": row.on.isoformat(),
        "stands": row.superseded_at is None,
        "is_earlier_round": row.is_earlier_round,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
