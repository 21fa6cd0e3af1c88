"""An eligibility run (资格筛查): who may have a case of a kind on a day, who may not, and who has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shuiheng.adapters.records.models import CasePhase, Place, ProgrammeCase
from shuiheng.adapters.records.models.cases import RUNNING
from shuiheng.adapters.records.sight import Sight
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.rules.conditions import Ground, Judged, Truth, facts_of, judge
from shuiheng.rules.parameter import Asked
from shuiheng.services.cases.candidates import candidates
from shuiheng.services.cases.named_facts import known_facts_of
from shuiheng.services.cases.subjects import FactValue, Subject, known_facts
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now


class Eligible(StrEnum):
    """How a candidate stands to a kind; who has a case is not asked any more."""

    YES = "yes"
    OPEN = "open"
    RUNNING = "running"
    HELD = "held"
    NO = "no"


MAY_OPEN = (Eligible.YES, Eligible.OPEN)
_BY_TRUTH = {Truth.BREAKS: Eligible.NO, Truth.UNKNOWN: Eligible.OPEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody or something that a kind may be about.

    Args:
        subject: Who or what.
        standing: Whether a case can be opened.
        judged: What each condition comes to.
        facts: What is known, with its source.
        case: Key of the case that it has, or None.
    """

    subject: Subject
    standing: Eligible
    judged: Judged
    facts: Mapping[str, FactValue]
    case: int | None = None


def run_eligibility(seen: Sight, city: Place, kind: ProgrammeKind, on: date) -> Sequence[Candidate]:
    """Return every candidate of a kind on a day, in the order of its register.

    A kind without conditions is open to all. Who has a case under way, or a result that holds, has that.

    Args:
        seen: What the reader may see.
        city: The city.
        kind: The kind.
        on: The day.
    """
    subjects = candidates(seen, city, kind, on)
    facts = known_facts_of(city, subjects, facts_of(kind.eligibility), on)
    book, asked = rulebook_now(city), Asked(area=area_of_city(city), on=on)
    cases = _cases(city, kind, on)
    found = []
    for each in subjects:
        own = facts[each.key]
        judged = judge(kind.eligibility, Ground(facts=known_facts(own), book=book, asked=asked))
        case = cases.get(each.key)
        found.append(
            Candidate(
                subject=each,
                standing=case[0] if case is not None else _BY_TRUTH.get(judged.truth, Eligible.YES),
                judged=judged,
                facts=own,
                case=None if case is None else case[1],
            )
        )
    return found


def _cases(city: Place, kind: ProgrammeKind, on: date) -> Mapping[str, tuple[Eligible, int]]:
    """Return the case of each subject that has one under way, or else one whose result holds."""
    rows = ProgrammeCase.objects.filter(place=city, kind=kind.id, phase__in=(*RUNNING, CasePhase.REACHED))
    found: dict[str, tuple[Eligible, int]] = {}
    for key, subject, phase, until in rows.order_by("pk").values_list(
        "pk", "subject_key", "phase", "valid_until"
    ):
        if phase in RUNNING:
            found[subject] = (Eligible.RUNNING, key)
        elif (until is None or until >= on) and found.get(subject, (None,))[0] is not Eligible.RUNNING:
            found[subject] = (Eligible.HELD, key)
    return found
