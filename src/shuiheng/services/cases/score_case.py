"""The score of cases by what is known on a day (评分): the ledger, the readings, and what persons entered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from shuiheng.adapters.records.models import CaseAnswer, Place, ProgrammeCase
from shuiheng.adapters.rulebook.conditions import FLAG, NUMBER
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.criteria import CriterionRule
from shuiheng.programmes.errors import NothingAskedError
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.points import GIVEN
from shuiheng.programmes.scoring import Score, score_of
from shuiheng.rules.conditions import Ground, Known
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.facts import facts_for
from shuiheng.services.cases.subjects import Subject, known_facts
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now

CRITERION, FACT = "criterion", "fact"
ANSWERED = "answer:"
AT_ONCE = 500
Facts = Mapping[str, Known]


def score_case(row: ProgrammeCase, on: date) -> Score | None:
    """Return the score of a case by what is known on a day (评分).

    What the ledger and the readings tell counts before what a person entered; what neither tells is unknown.
    None where the kind has no criteria, or none of them concerns the subject.
    """
    if kind_of(row).criteria is None:
        return None
    return score_and_facts(row, on, book=rulebook_now(row.place))[0]


def score_and_facts(
    row: ProgrammeCase, on: date, *, book: Rulebook, answers: Sequence[CaseAnswer] | None = None
) -> tuple[Score | None, Facts]:
    """Return the score of a case, as `score_case`, with what is known for it.

    Args:
        row: The case.
        on: The day.
        book: The rules of its city.
        answers: Its answers, where they were read already; those that do not stand are passed over.
    """
    kind, asked = kind_of(row), Asked(area=area_of_city(row.place), on=on)
    if kind.criteria is None:
        return None, {}
    facts = case_facts(row.place, kind, [row], on, answers=answers)[row.pk]
    return _score(kind, Ground(facts=facts, book=book, asked=asked)), facts


def scores_of(
    place: Place, kind: ProgrammeKind, rows: Sequence[ProgrammeCase], on: date, *, book: Rulebook
) -> Mapping[int, Score | None]:
    """Return the scores of cases of one kind of a city on a day, by their keys, in few queries for many."""
    if kind.criteria is None:
        return dict.fromkeys((row.pk for row in rows), None)
    asked = Asked(area=area_of_city(place), on=on)
    facts = case_facts(place, kind, rows, on)
    return {row.pk: _score(kind, Ground(facts=facts[row.pk], book=book, asked=asked)) for row in rows}


def case_facts(
    place: Place,
    kind: ProgrammeKind,
    rows: Sequence[ProgrammeCase],
    on: date,
    *,
    answers: Iterable[CaseAnswer] | None = None,
) -> Mapping[int, Facts]:
    """Return what is known for the criteria of a kind of each case on a day, by the keys of the cases.

    Args:
        place: The city.
        kind: The kind.
        rows: The cases.
        on: The day.
        answers: Their answers, where they were read already; those that do not stand are passed over.
    """
    told = facts_for(place, [subject_of(row, kind) for row in rows], scored_facts(kind), on)
    entered = _entered(_answers(row.pk for row in rows) if answers is None else answers, on)
    return {row.pk: {**entered.get(row.pk, {}), **known_facts(told.get(row.subject_key, {}))} for row in rows}


def scored_facts(kind: ProgrammeKind) -> frozenset[str]:
    """Return the names of the facts that the criteria of a kind ask for."""
    leaves = kind.criteria.leaves() if kind.criteria is not None else ()
    return frozenset(name for leaf in leaves for name in leaf.facts)


def manual_points(kind: ProgrammeKind) -> Mapping[str, Decimal]:
    """Return the criteria of which a person gives the points, with the most that they give."""
    leaves = kind.criteria.leaves() if kind.criteria is not None else ()
    return {leaf.id: leaf.points for leaf in leaves if leaf.rule is CriterionRule.MANUAL}


def subject_of(row: ProgrammeCase, kind: ProgrammeKind) -> Subject:
    """Return what a case is about, as facts are asked of it."""
    sort, _, key = row.subject_key.partition(":")
    return Subject(
        key=row.subject_key,
        name=row.subject_name,
        sort=kind.subject,
        user=row.user_id,
        project=row.project_id,
        organisation=row.organisation_id,
        place=int(key) if sort == "place" and key.isdecimal() else None,
        district=row.district_id,
    )


def read_answer(sort: str, name: str, value: str) -> Decimal | str | bool | None:
    """Return an answer as conditions take it; None where it is not one."""
    word = programme_words().facts.get(name)
    form = NUMBER if sort == CRITERION else word.form if word is not None else ""
    if form == NUMBER:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return None
        return number if number.is_finite() else None
    if form == FLAG:
        return {"yes": True, "no": False}.get(value)
    return value if word is not None and value in word.choices else None


def _answers(keys: Iterable[int]) -> Iterator[CaseAnswer]:
    """Return what persons entered of cases, as it stands."""
    every = sorted(keys)
    for start in range(0, len(every), AT_ONCE):
        yield from CaseAnswer.objects.filter(
            case__in=every[start : start + AT_ONCE], superseded_at__isnull=True
        )


def _entered(answers: Iterable[CaseAnswer], on: date) -> Mapping[int, Facts]:
    """Return what those of some answers say that stand on a day, by the keys of their cases."""
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    for row in answers:
        stands = row.superseded_at is None and row.on <= on
        value = read_answer(row.sort, row.name, row.value) if stands else None
        if value is not None:
            name = f"{GIVEN}{row.name}" if row.sort == CRITERION else row.name
            found[row.case_id][name] = Known(value=value, origin=f"{ANSWERED}{row.pk}")
    return found


def _score(kind: ProgrammeKind, ground: Ground) -> Score | None:
    if kind.criteria is None:
        return None
    try:
        return score_of(kind, kind.criteria, ground)
    except NothingAskedError:
        return None
