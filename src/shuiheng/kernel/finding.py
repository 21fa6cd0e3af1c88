"""What is wrong with a document or a reading, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shuiheng.kernel.span import Span


class Severity(StrEnum):
    """How much a finding weighs: it informs, it wants a look, or it bars use."""

    NOTE = "note"
    WARN = "warn"
    DISQUALIFY = "disqualify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault or doubt, with its place and its evidence.

    The sentence and the remedy that people read stand in the rulebook
    (`rulebook/findings/<room>.yaml`) under `code`; `values` fills their blanks.

    Args:
        code: Room and rule that must hold, for example `plans.shares_do_not_add`.
        severity: How much it weighs.
        subject: Id of the item it is about (`003-T26`), or `document`.
        span: Place in the canonical text, or None when the fault is an absence.
        page: Page of the document, counted from 1, or None without pages.
        evidence: The words or the arithmetic that show it.
        values: Names and values for the sentence, in order.
    """

    code: str
    severity: Severity
    subject: str
    span: Span | None = None
    page: int | None = None
    evidence: str = ""
    values: tuple[tuple[str, str], ...] = ()
