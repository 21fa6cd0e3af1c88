"""By which profile an amount between two readings is spread: the user's own, that of its class, or evenly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from shuiheng.adapters.records.models import Meter, UseProfile, UserFact
from shuiheng.adapters.rulebook.use_profiles import use_profiles
from shuiheng.metering.apportion import profile_of
from shuiheng.metering.model import EVEN, Profile

ProfileOn = Callable[[int, date], Profile]
_Held = list[tuple[date, date | None, Profile]]


def profiles_in_force(meters: Iterable[Meter]) -> ProfileOn:
    """Return which profile holds for a meter, by its key, on a day.

    A profile belongs to an amount by the day on which it ends, so that its parts add up to it.
    """
    user_of = {meter.pk: meter.user_id for meter in meters if meter.user_id is not None}
    users = sorted(set(user_of.values()))
    own: dict[int, _Held] = defaultdict(list)
    for row in UseProfile.objects.filter(subject__in=users, superseded_at__isnull=True):
        own[row.subject_id].append((row.valid_from, row.valid_to, _own(row)))
    classes: dict[int, _Held] = defaultdict(list)
    for fact in UserFact.objects.filter(subject__in=users, superseded_at__isnull=True):
        profile = use_profiles().classes.get(fact.use_class, EVEN)
        classes[fact.subject_id].append((fact.valid_from, fact.valid_to, profile))

    def profile_on(meter: int, day: date) -> Profile:
        user = user_of.get(meter)
        if user is None:
            return EVEN
        return _held(own[user], day) or _held(classes[user], day) or EVEN

    return profile_on


def _held(rows: _Held, day: date) -> Profile | None:
    found = (profile for first, end, profile in rows if first <= day and (end is None or day < end))
    return next(found, None)


def _own(row: UseProfile) -> Profile:
    hours, months = ([int(each) for each in text.split(",")] for text in (row.hours, row.months))
    return profile_of(name=f"user:{row.subject_id}:{row.valid_from.isoformat()}", hours=hours, months=months)
