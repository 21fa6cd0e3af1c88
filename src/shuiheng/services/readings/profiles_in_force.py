"""By which profile an amount between two readings is spread: the user's own, that of its class, or evenly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from shuiheng.adapters.records.models import Meter, UseProfile, UserFact
from shuiheng.adapters.rulebook.use_profiles import use_profiles
from shuiheng.metering.apportion import profile_of
from shuiheng.metering.model import EVEN, Profile
from shuiheng.metering.month_volumes import DatedProfile, profile_held

ProfileOn = Callable[[int, date], Profile]


def profiles_in_force(meters: Iterable[Meter]) -> ProfileOn:
    """Return which profile holds for a meter, by its key, on a day.

    A profile belongs to an amount by the day on which it ends, so that its parts add up to it.
    """
    held = dated_profiles(meters)

    def profile_on(meter: int, day: date) -> Profile:
        return profile_held(held.get(meter, ()), day)

    return profile_on


def dated_profiles(meters: Iterable[Meter]) -> dict[int, tuple[DatedProfile, ...]]:
    """Return the profiles of meters by key: those of the user before those of its classes."""
    user_of = {meter.pk: meter.user_id for meter in meters if meter.user_id is not None}
    users = sorted(set(user_of.values()))
    held: dict[int, list[DatedProfile]] = defaultdict(list)
    for row in UseProfile.objects.filter(subject__in=users, superseded_at__isnull=True):
        held[row.subject_id].append(DatedProfile(first=row.valid_from, end=row.valid_to, profile=_own(row)))
    for fact in UserFact.objects.filter(subject__in=users, superseded_at__isnull=True):
        profile = use_profiles().classes.get(fact.use_class, EVEN)
        held[fact.subject_id].append(DatedProfile(first=fact.valid_from, end=fact.valid_to, profile=profile))
    by_user = {user: tuple(rows) for user, rows in held.items()}
    return {meter: by_user[user] for meter, user in user_of.items() if user in by_user}


def _own(row: UseProfile) -> Profile:
    hours, months = ([int(each) for each in text.split(",")] for text in (row.hours, row.months))
    return profile_of(name=f"user:{row.subject_id}:{row.valid_from.isoformat()}", hours=hours, months=months)
