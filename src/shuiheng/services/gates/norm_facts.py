"""How the water of a project, or of a permit's user in the last year, stands to use norms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import ActivityFact, Project, UserFact, WaterUser
from shuiheng.adapters.records.sight import Sight
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.model import Activity
from shuiheng.allowances.norm_choice import Wanted, choose_norm
from shuiheng.allowances.norm_evaluation import NormEvaluation, NormGrade, evaluate_use
from shuiheng.allowances.use_norm import UseNorm, is_in_force
from shuiheng.rules.conditions import Known
from shuiheng.services.allowances.taken_water import joined_months, past_water, past_year
from shuiheng.services.rules.norms_now import norms_now
from shuiheng.services.rules.rulebook_now import area_of_city


def norms_of(project: Project, on: date) -> Sequence[UseNorm]:
    """Return the norms in force in the place of a project, by product; those that its city imported count."""
    found = [each for each in norms_now(project.place) if is_in_force(each, on=on)]
    return sorted(found, key=lambda norm: (norm.product, norm.condition, norm.id))


def planned_grade(project: Project, planned_m3: Decimal | None, on: date) -> Known | None:
    """Return how the planned water of a project stands to the norm that it names, or None."""
    norm = next((each for each in norms_of(project, on) if each.id == project.norm), None)
    if norm is None or project.activity is None or planned_m3 is None:
        return None
    activity = Activity(norm=norm, amount=project.activity, unit="")
    return _known(_evaluated(planned_m3, (activity,)), f"norm:{norm.id}")


def last_year_grade(seen: Sight, project: Project, on: date) -> Known | None:
    """Return how the last year of a permit's user stands to the norms of what it made, or None."""
    if project.permit is None:
        return None
    user = project.permit.source.user
    year = on.year - 1
    water = past_water(seen, project.place, [year], users=[user.pk])
    whole = past_year(joined_months(list(water.values())), year)
    activities = _activities(user, date(year, 12, 31))
    if not activities:
        return None
    return _known(_evaluated(whole.m3, activities), f"settled_year:{user.pk}:{year}")


def _activities(user: WaterUser, on: date) -> tuple[Activity, ...]:
    """Return what a user made and served, each with its norm; empty when one of them has none."""
    norms = norms_now(user.city)
    by_word: dict[str, list[UseNorm]] = defaultdict(list)
    for norm in norms:
        for word in {norm.id, norm.product}:
            by_word[word].append(norm)
    fact = standing(UserFact.objects.filter(subject=user), AsOf(on=on)).first()
    industry = fact.industry_code if fact is not None else ""
    found = []
    for row in standing(ActivityFact.objects.filter(subject=user), AsOf(on=on)).order_by("code"):
        held = _norm(by_word.get(row.code, []), area_of_city(user.city), on, industry)
        if held is None:
            return ()
        found.append(Activity(norm=held, amount=row.amount, unit=row.unit, origin=f"activity:{row.pk}"))
    return tuple(found)


def _norm(norms: Sequence[UseNorm], area: str, on: date, industry: str) -> UseNorm | None:
    for each in norms:
        wanted = Wanted(area=area, on=on, product=each.product, condition=each.condition, industry=industry)
        chosen = choose_norm(norms, wanted)
        if chosen is not None:
            return chosen.norm
    return None


def _evaluated(use_m3: Decimal | None, activities: tuple[Activity, ...]) -> NormEvaluation | None:
    try:
        return evaluate_use(use_m3, activities)
    except AllowanceError:
        return None


def _known(evaluation: NormEvaluation | None, origin: str) -> Known | None:
    if evaluation is None or evaluation.grade is NormGrade.UNKNOWN:
        return None
    return Known(value=evaluation.grade.value, origin=origin)
