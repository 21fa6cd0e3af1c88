"""The score of a place by a scheme before any assessor comes (自评预演), with what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shuiheng.adapters.records.models import Place
from shuiheng.programmes.errors import NothingAskedError
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.scoring import Score, score_of
from shuiheng.rules.conditions import Ground
from shuiheng.rules.parameter import Asked
from shuiheng.services.assessments.place_facts import place_facts
from shuiheng.services.cases.facts import facts_for
from shuiheng.services.cases.score_case import Facts, scored_facts
from shuiheng.services.cases.subjects import Subject, known_facts
from shuiheng.services.kinds.kinds_now import kinds_of
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now
from shuiheng.services.scope import city_above

AREA = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What a place would score on a day (自评预演).

    Args:
        kind: The scheme.
        place: The city or district.
        on: The day.
        score: The score with its bounds, or None where no criterion concerns the place.
        facts: What is known for it.
    """

    kind: ProgrammeKind
    place: Place
    on: date
    score: Score | None
    facts: Facts


def schemes_of(place: Place, on: date) -> Mapping[str, ProgrammeKind]:
    """Return the kinds by which a city or district as a whole is scored, by id, as they stand on a day."""
    kinds = kinds_of(city_above(place), on)
    return {
        name: kind
        for name, kind in sorted(kinds.items())
        if kind.subject == AREA and kind.criteria is not None
    }


def rehearse(place: Place, kind: ProgrammeKind, on: date) -> Rehearsal:
    """Return what a place would score on a day; points that only persons give are unknown (自评预演).

    Nothing is kept: what persons judge, and the evidence for it, is entered at a case of the kind.

    Args:
        place: The city or district.
        kind: The scheme, one of `schemes_of`.
        on: The day.
    """
    subject = Subject(key=f"place:{place.pk}", name=place.name, sort=AREA, place=place.pk)
    names = scored_facts(kind)
    told = place_facts(place, names, on) | dict(facts_for(place, [subject], names, on)[subject.key])
    facts = known_facts(told)
    asked = Asked(area=area_of_city(city_above(place)), on=on)
    ground = Ground(facts=facts, book=rulebook_now(place), asked=asked)
    return Rehearsal(kind=kind, place=place, on=on, score=_score(kind, ground), facts=facts)


def wanted_evidence(kind: ProgrammeKind) -> Sequence[tuple[str, str, Mapping[str, str]]]:
    """Return what papers the steps of a scheme ask for: step, kind of evidence, and its words."""
    return [
        (step.id, each.kind, each.names)
        for step in kind.steps
        if not step.is_optional
        for each in step.evidence
    ]


def _score(kind: ProgrammeKind, ground: Ground) -> Score | None:
    if kind.criteria is None:
        return None
    try:
        return score_of(kind, kind.criteria, ground)
    except NothingAskedError:
        return None
