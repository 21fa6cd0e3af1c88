"""Made-up cases for the targets of a plan that the demo loads into a city of its own: all are counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, CaseBatch, Place, PlanDocument, RegisterTarget
from shuiheng.adapters.records.queries_organisations import district_candidates
from shuiheng.programmes.kind import ONE, CountWay, ProgrammeKind
from shuiheng.programmes.target_counting import Kinds, TargetQuestion, per_unit, rate_of_served, rule_of
from shuiheng.programmes.target_link import Served
from shuiheng.services.cases.book_check import NewCase
from shuiheng.services.cases.case_rows import case_of_row
from shuiheng.services.cases.demo_cases import (
    KINDS,
    ORIGIN,
    REVIEWER,
    STEMS,
    Stage,
    Told,
    keep_made_up,
    told_row,
)
from shuiheng.services.cases.keep_case import Desk
from shuiheng.services.cases.link_targets import LinkedTarget, linked_targets
from shuiheng.services.cases.subjects import Subject
from shuiheng.services.cases.target_districts import Districts, districts_below, districts_meant
from shuiheng.services.kinds.kinds_now import kinds_of
from shuiheng.services.match_units import found_districts
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.services.unit_proposals import is_zone

SEVERAL, MOST, OF_AMOUNT = 2, 6, 2
PARTS = (Decimal(1), Decimal("0.6"), Decimal("0.4"))
"""How much of a target is reached, one target after another."""
STEP_DAYS, FIRST_DAYS, AGE_DAYS, HALTED = 12, 10, 420, 5
MARK = "（演示）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A case that is to be made for a target.

    Args:
        kind: Id of its kind.
        district: Key of the place in which it counts.
        on: The day on which it was opened.
        level: The level that it is to reach; empty for the lowest.
        amounts: What measures come to.
        is_halted: Whether it goes half the way only.
    """

    kind: str
    district: int
    on: date
    level: str
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    is_halted: bool = False


def settle_plan_cases(officer: Account, plan: PlanDocument) -> int:
    """Make cases for the targets of a published plan, and mark its city as one with made-up records.

    Some targets are reached by them, some are not. Again, or without the second person, it adds none.

    Returns:
        How many cases were made.
    """
    city, today = plan.place, timezone.localdate()
    reviewer = Account.objects.filter(username=REVIEWER).first()
    if reviewer is None or CaseBatch.objects.filter(place=city, origin=ORIGIN).exists():
        return 0
    rows = RegisterTarget.objects.filter(plan=plan, withdrawn_at__isnull=True).order_by("order", "pk")
    linked = linked_targets(rows.select_related("plan__place"))
    stage = Stage(clerk=officer, reviewer=reviewer, districts=(), today=today)
    wanted: dict[str, list[Wish]] = defaultdict(list)
    with transaction.atomic():
        _mark(city)
        _found_districts(officer, city, linked)
        districts = districts_below(city)
        for wish in _wishes(linked, districts, kinds_of(city, today), today):
            wanted[wish.kind].append(wish)
        return sum(
            keep_made_up(city, stage, kind, lambda desk: _new_cases(stage, desk, wanted, districts))
            for kind in sorted(wanted)
        )


def _mark(city: Place) -> None:
    if not city.is_synthetic:
        city.is_synthetic = True
        city.save(update_fields=["is_synthetic"])


def _found_districts(officer: Account, city: Place, linked: Sequence[LinkedTarget]) -> None:
    """Make the districts for which the plan states several targets; zones by their short names too."""
    stated = district_candidates(sight(officer, Action.ORGANISATIONS_EDIT), city)
    zones = Counter(each.target.scope for each in linked if is_zone(each.target.scope))
    found_districts(officer, city.pk, [name for name, n in (*stated, *zones.items()) if n >= SEVERAL])


def _wishes(
    linked: Sequence[LinkedTarget], districts: Districts, kinds: Kinds, today: date
) -> Iterator[Wish]:
    """Yield the cases of each target; what was asked for once is not made twice."""
    asked = [
        (each, question, districts_meant(each.target.scope, districts))
        for each in linked
        if (question := each.how.question) is not None
    ]
    divided = {question.served for _, question, meant in asked if meant.districts}
    made: set[tuple[object, ...]] = set()
    for number, (each, question, meant) in enumerate(asked):
        key = (question.served, question.level, question.year, meant.districts)
        served = _able(question, kinds)
        if not served or meant.missing or key in made:
            continue
        made.add(key)
        places = sorted(int(key) for key in meant.districts or districts.names or (districts.city,))
        is_sum = meant.districts is None and question.served in divided
        part = Decimal(0) if is_sum else PARTS[number % len(PARTS)]
        for index, amounts in enumerate(_amounts(each, served[0], kinds, part)):
            kind = kinds[served[index % len(served)].kind]
            yield Wish(
                kind=kind.id,
                district=places[(number + index) % len(places)],
                on=_opened_on(question, kind, today),
                level=question.level,
                amounts=amounts,
                is_halted=index % HALTED == HALTED - 1,
            )


def _able(question: TargetQuestion, kinds: Kinds) -> list[Served]:
    """Return the counts of a question whose kinds give the level that it asks for."""
    return [
        each
        for each in question.served
        if rule_of(each, kinds) is not None
        and (not question.level or question.level in kinds[each.kind].result.levels)
    ]


def _amounts(each: LinkedTarget, served: Served, kinds: Kinds, part: Decimal) -> list[dict[str, Decimal]]:
    """Return for each case of a target what is measured at it, so that a part of the target is reached."""
    rule, question = rule_of(served, kinds), each.how.question
    is_count = rate_of_served(served, kinds) is None and each.target.kind == "count"
    wanted = (each.target.value or Decimal(1)) * part if is_count else Decimal(1)
    if rule is None or question is None or rule.measure == ONE:
        return [{} for _ in range(min(MOST, max(1, int(wanted))))]
    share = wanted / per_unit(question, kinds, each.target.unit) / OF_AMOUNT
    return [{rule.measure: max(Decimal(1), round(share, 1))} for _ in range(OF_AMOUNT)]


def _opened_on(question: TargetQuestion, kind: ProgrammeKind, today: date) -> date:
    """Return a day on which a case of a question is opened, so that it ends in time."""
    if question.way is CountWay.IN_YEAR:
        on = date(question.year or today.year, 1, 1) + timedelta(days=FIRST_DAYS)
    else:
        on = max(today - timedelta(days=AGE_DAYS), question.since or date.min)
    return min(today, max(on, kind.valid_from))


def _new_cases(
    stage: Stage, desk: Desk, wanted: Mapping[str, Sequence[Wish]], districts: Districts
) -> Iterator[NewCase]:
    kind = desk.course.kind
    suffix = KINDS[kind.id][0] if kind.id in KINDS else kind.names["zh"]
    for number, wish in enumerate(wanted[kind.id]):
        where = districts.names.get(str(wish.district), "")
        turn = number // len(STEMS) + 1
        name = f"{where}{STEMS[number % len(STEMS)]}{suffix}{turn if turn > 1 else ''}{MARK}"
        subject = Subject(key=f"name:{name}", name=name, sort=kind.subject)
        told = Told(
            on=wish.on,
            today=stage.today,
            number=number,
            level=wish.level,
            amounts=wish.amounts,
            step_days=STEP_DAYS,
            is_halted=wish.is_halted,
        )
        row = told_row(kind, told)
        state, events = case_of_row(desk, row, subject, wish.district, stage.persons)
        yield NewCase(
            number=number + 1, row=row, subject=subject, district=wish.district, state=state, events=events
        )
