"""Who could close the gap of a target: candidates of its kinds, the nearest first (差距与候选对象)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shuiheng.adapters.records.sight import Sight
from shuiheng.programmes.criteria import Criteria
from shuiheng.programmes.errors import CaseError
from shuiheng.programmes.gap import Candidate, nearest
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.scoring import Score, score_of
from shuiheng.programmes.target_link import Served
from shuiheng.rules.conditions import Ground, Truth
from shuiheng.rules.parameter import Asked
from shuiheng.services.cases import eligibility
from shuiheng.services.cases.candidates import has_register
from shuiheng.services.cases.count_target import EMPTY, CountingDesk, TargetCount
from shuiheng.services.cases.eligibility import Eligible, run_eligibility
from shuiheng.services.cases.facts import facts_for
from shuiheng.services.cases.subjects import Subject, known_facts
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now

MOST_SCORED = 200
_TRUTHS = {Eligible.OPEN: Truth.UNKNOWN, Eligible.NO: Truth.BREAKS}


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCandidate:
    """Somebody or something that could come to count for a target.

    Args:
        kind: The kind under which it would count.
        subject: Who or what.
        candidate: How near it is.
        case: Key of the case that is under way, or None.
    """

    kind: ProgrammeKind
    subject: Subject
    candidate: Candidate
    case: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapClosers:
    """Who could close the gap of a target.

    Args:
        by_district: The nearest candidates of each district.
        kinds: The kinds under which something would count.
        unlisted: Those of which neither a register nor a list nor earlier cases tell what they may be about.
    """

    by_district: Mapping[str, Sequence[GapCandidate]]
    kinds: tuple[ProgrammeKind, ...]
    unlisted: tuple[ProgrammeKind, ...]


def closers_of(seen: Sight, desk: CountingDesk, found: TargetCount) -> GapClosers:
    """Return who could close the gap of a target, within sight, the nearest first in each district.

    Who counts already is left out. Scores are computed for the nearest candidates of each kind only.

    Args:
        seen: What the reader may see of the ledger.
        desk: What counts of the city look at.
        found: What counts for the target.
    """
    question = found.linked.how.question
    served = () if question is None else question.served
    kinds = [desk.kinds[name] for name in _kinds_of(served) if name in desk.kinds]
    by_district: dict[str, list[GapCandidate]] = {}
    for kind in kinds:
        for each in _candidates(seen, desk, found, kind):
            top = desk.districts.above.get(each.candidate.district, each.candidate.district)
            by_district.setdefault(top, []).append(each)
    named = {each.kind.id for found in by_district.values() for each in found}
    return GapClosers(
        by_district=by_district,
        kinds=tuple(kinds),
        unlisted=tuple(each for each in kinds if each.id not in named and not has_register(each)),
    )


def _kinds_of(served: Sequence[Served]) -> Sequence[str]:
    return tuple(dict.fromkeys(each.kind for each in served))


def _candidates(
    seen: Sight, desk: CountingDesk, found: TargetCount, kind: ProgrammeKind
) -> Sequence[GapCandidate]:
    count = found.count or EMPTY
    level = _level(kind, found)
    held = {each.subject.key: each for each in run_eligibility(seen, desk.city, kind, desk.on)}
    plain = [_plain(each) for each in held.values() if each.standing is not Eligible.HELD]
    first = [held[each.subject].subject for each in nearest(plain, count, level=level)[:MOST_SCORED]]
    scores = _scores(desk, kind, first)
    scored = [
        replace(_plain(held[each.key]), score=scores.get(each.key)) for each in first if each.key in held
    ]
    return [
        GapCandidate(
            kind=kind,
            subject=held[each.subject].subject,
            candidate=each,
            case=held[each.subject].case,
        )
        for each in nearest(scored, count, level=level)
    ]


def _level(kind: ProgrammeKind, found: TargetCount) -> str:
    """Return the level that is aimed at: that of the target, else the lowest with a pass mark."""
    question = found.linked.how.question
    marks = {} if kind.criteria is None else kind.criteria.pass_marks
    wanted = "" if question is None else question.level
    return wanted if wanted in marks else next(iter(marks), "")


def _plain(each: eligibility.Candidate) -> Candidate:
    return Candidate(
        subject=each.subject.key,
        district=str(each.subject.district),
        eligible=_TRUTHS.get(each.standing, Truth.HOLDS),
        unknown=each.judged.missing,
        has_case=each.standing is Eligible.RUNNING,
    )


def _scores(desk: CountingDesk, kind: ProgrammeKind, subjects: Sequence[Subject]) -> Mapping[str, Score]:
    """Return the scores of some subjects by what the ledger and the readings tell; manual points are open."""
    criteria = kind.criteria
    if criteria is None or not subjects:
        return {}
    names = {name for leaf in criteria.leaves() for name in leaf.facts}
    facts = facts_for(desk.city, subjects, names, desk.on)
    book, asked = rulebook_now(desk.city), Asked(area=area_of_city(desk.city), on=desk.on)
    grounds = {key: Ground(facts=known_facts(own), book=book, asked=asked) for key, own in facts.items()}
    found = {key: _score(kind, criteria, ground) for key, ground in grounds.items()}
    return {key: score for key, score in found.items() if score is not None}


def _score(kind: ProgrammeKind, criteria: Criteria, ground: Ground) -> Score | None:
    try:
        return score_of(kind, criteria, ground)
    except CaseError:
        return None
