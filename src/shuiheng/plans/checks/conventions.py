"""What a note says for all rows must be known."""

from __future__ import annotations

from shuiheng.kernel import Finding, Severity
from shuiheng.plans.checks.context import CheckContext, about_document, names

BINDS_UNITS = "binds_units"


def check_notes_for_all_rows_are_seen(context: CheckContext) -> tuple[Finding, ...]:
    """Return a note for each sentence that binds units which the rows do not name."""
    return tuple(
        about_document(
            "plans.note_binds_all_rows",
            Severity.NOTE,
            span=convention.span,
            evidence=convention.quote,
            units=names(convention.units) or "—",
        )
        for convention in context.plan.conventions
        if convention.code == BINDS_UNITS
    )
