"""What the rules say of a permit, in sentences with their clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shuiheng.allowances.permit_terms import PermitStanding
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.web.pages.gates.shown import ShownClause, shown_clause
from shuiheng.web.pages.rules.shown import language


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTerm:
    """What a rule says of a permit, with its clause."""

    sentence: Sentence
    severity: str
    clause: ShownClause


def shown_terms(standing: PermitStanding) -> Sequence[ShownTerm]:
    """Return what the rules say of a permit, in words."""
    return [
        ShownTerm(
            sentence=sentence_of(each.finding.code, dict(each.finding.values), language=language()),
            severity=each.finding.severity.value,
            clause=shown_clause(each.citation),
        )
        for each in standing.findings
    ]
