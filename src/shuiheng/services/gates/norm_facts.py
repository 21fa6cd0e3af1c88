"""How the water of a project, or of a permit's user in the last year, stands to use norms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import FilteredRelation

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.entrance import belief_on
from shuiheng.adapters.records.models import ActivityFact, Place, Project
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
    return _known(evaluated(planned_m3, (activity,)), f"norm:{norm_key(norm)}")


def last_year_grade(seen: Sight, project: Project, on: date) -> Known | None:
    """Return how the last year of a permit's user stands to the norms of what it made, or None."""
    if project.permit is None:
        return None
    user = project.permit.source.user
    year = on.year - 1
    water = past_water(seen, project.place, [year], users=[user.pk])
    whole = past_year(joined_months(list(water.values())), year)
    activities = activities_of(user.city, [user.pk], date(year, 12, 31)).get(user.pk, ())
    if not activities:
        return None
    return _known(evaluated(whole.m3, activities), f"settled_year:{user.pk}:{year}")


def activities_of(city: Place, users: Collection[int] | None, on: date) -> Mapping[int, tuple[Activity, ...]]:
    """Return what users of a city made and served, each with its norm, in two queries for any number.

    A user of whom one activity has no norm is left out: with the others alone it would seem to use too much.

    Args:
        city: The city.
        users: Keys of the users asked for; None for all of the city.
        on: The day.
    """
    rows = standing(ActivityFact.objects.filter(subject__city=city), AsOf(on=on)).order_by("code")
    if users is not None:
        rows = rows.filter(subject__in=users)
    told = FilteredRelation("subject__facts", condition=belief_on("subject__facts", on))
    names = ("pk", "subject_id", "code", "unit", "amount", "told__industry_code")
    made = list(rows.annotate(told=told).values_list(*names))
    if not made:
        return {}
    norms, area = named_norms(norms_now(city)), area_of_city(city)
    found: dict[int, list[Activity]] = {}
    without: set[int] = set()
    for key, user, code, unit, amount, industry in made:
        held = find_norm(norms, code, area=area, on=on, industry=industry or "")
        if held is None:
            without.add(user)
        else:
            activity = Activity(norm=held, amount=amount, unit=unit, origin=f"activity:{key}")
            found.setdefault(user, []).append(activity)
    return {user: tuple(each) for user, each in found.items() if user not in without}


def evaluated(use_m3: Decimal | None, activities: tuple[Activity, ...]) -> NormEvaluation | None:
    """Return how use stands to the norms of activities; None when their units do not meet."""
    try:
        return evaluate_use(use_m3, activities)
    except AllowanceError:
        return None


def _find(city: Place, word: str, on: date) -> UseNorm | None:
    return find_norm(named_norms(norms_now(city)), word, area=area_of_city(city), on=on)


def _known(evaluation: NormEvaluation | None, origin: str) -> Known | None:
    if evaluation is None or evaluation.grade is NormGrade.UNKNOWN:
        return None
    return Known(value=evaluation.grade.value, origin=origin)
