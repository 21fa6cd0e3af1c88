"""How the water of a project, or of a permit's user in the last year, stands to use norms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import ActivityFact, Place, Project, UserFact, WaterUser
from shuiheng.adapters.records.sight import Sight
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.model import Activity
from shuiheng.allowances.norm_evaluation import NormEvaluation, NormGrade, evaluate_use
from shuiheng.allowances.norm_lookup import find_norm, named_norms, norm_key
from shuiheng.allowances.use_norm import UseNorm, is_in_force
from shuiheng.rules.conditions import Known
from shuiheng.services.allowances.taken_water import joined_months, past_water, past_year
from shuiheng.services.rules.norms_now import norms_now
from shuiheng.services.rules.rulebook_now import area_of_city


def norms_on(city: Place, on: date) -> Sequence[UseNorm]:
    """Return the norms in force in a city on a day, by product; those that it imported count."""
    found = [each for each in norms_now(city) if is_in_force(each, on=on)]
    return sorted(found, key=lambda norm: (norm.product, norm.condition, norm.standard, norm.id))


def key_of_norm(city: Place, word: str, on: date) -> str:
    """Return the key of the norm that holds for what a project names; the word itself where none does."""
    norm = _find(city, word, on) if word else None
    return word if norm is None else norm_key(norm)


def planned_grade(project: Project, planned_m3: Decimal | None, on: date) -> Known | None:
    """Return how the planned water of a project stands to the norm that it names, or None."""
    norm = _find(project.place, project.norm, on) if project.norm else None
    if norm is None or project.activity is None or planned_m3 is None:
        return None
    activity = Activity(norm=norm, amount=project.activity, unit="")
    return _known(_evaluated(planned_m3, (activity,)), f"norm:{norm_key(norm)}")


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
    fact = standing(UserFact.objects.filter(subject=user), AsOf(on=on)).first()
    industry = fact.industry_code if fact is not None else ""
    norms, area = named_norms(norms_now(user.city)), area_of_city(user.city)
    found = []
    for row in standing(ActivityFact.objects.filter(subject=user), AsOf(on=on)).order_by("code"):
        held = find_norm(norms, row.code, area=area, on=on, industry=industry)
        if held is None:
            return ()
        found.append(Activity(norm=held, amount=row.amount, unit=row.unit, origin=f"activity:{row.pk}"))
    return tuple(found)


def _find(city: Place, word: str, on: date) -> UseNorm | None:
    return find_norm(named_norms(norms_now(city)), word, area=area_of_city(city), on=on)


def _evaluated(use_m3: Decimal | None, activities: tuple[Activity, ...]) -> NormEvaluation | None:
    try:
        return evaluate_use(use_m3, activities)
    except AllowanceError:
        return None


def _known(evaluation: NormEvaluation | None, origin: str) -> Known | None:
    if evaluation is None or evaluation.grade is NormGrade.UNKNOWN:
        return None
    return Known(value=evaluation.grade.value, origin=origin)
