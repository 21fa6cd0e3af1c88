"""Versions of the kind of water-saving schools that a city writes."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.rules.proposals import reviewer, the_city
from shuiheng.adapters.records.models import Account, LocalKind
from shuiheng.adapters.rulebook.programme_text import shipped_text
from shuiheng.services.kinds.local_kinds import ProposedKind, decide_kind, propose_kind

SCHOOL = "saving_school"
BEGINS = date(2026, 7, 1)


def school_text(*changes: tuple[str, str]) -> str:
    """Return the text of the shipped kind with changes; one that changes nothing is an error of the test."""
    text = shipped_text(SCHOOL)
    for old, new in changes or (("{days: 90,", "{days: 60,"),):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def a_version(**changed: Any) -> ProposedKind:
    """Return the proposal of a version with a shorter time to apply."""
    fields: dict[str, Any] = {"kind": SCHOOL, "valid_from": BEGINS, "reason": "申报时间缩短"}
    return ProposedKind(**{**fields, "text": changed.pop("text", school_text()), **changed})


def accepted_version(officer: Account, **changed: Any) -> LocalKind:
    """Return a version that the reviewer has accepted."""
    row = propose_kind(officer, the_city().pk, a_version(**changed))
    return decide_kind(reviewer(), row.pk, is_accepted=True)
