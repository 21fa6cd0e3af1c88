"""Give a user a profile of its own, from its meters that are read at least hourly."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.db import transaction

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Meter, MeterFact, UseProfile, UserFact, WaterUser
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.adapters.rulebook.use_profiles import use_profiles
from shuiheng.metering.checks.record import hours_of, record_of
from shuiheng.metering.civil_time import HOUR, WEEK, start_of
from shuiheng.metering.model import EVEN, Profile, Version
from shuiheng.metering.own_profile import own_profile
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.ledger.keep_facts import Telling, tell
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.reading_store import meter_rules, reading_store
from shuiheng.services.readings.settle_again import settle_user_again
from shuiheng.services.scope import row_for

MINUTES_OF_HOUR = 60


def derive_profile(actor: Actor, key: int, *, valid_from: date) -> UseProfile:
    """Give a user the profile that its hours tell, from a day on, and queue the settling of its meters.

    The weeks before that day are looked at, at all its meters at the entrance that are read hourly
    or more often. The months keep the weights of its class, which so short a time cannot tell.

    Args:
        actor: Who asks for it.
        key: Key of the user.
        valid_from: First day on which it holds.

    Raises:
        ServiceError: `readings.profile_not_told`, its meters tell too few hours of these weeks.
        NotThereError, NotPermittedError: The user is not the actor's.
    """
    account = require(actor, Action.READINGS_REVIEW)
    with transaction.atomic():
        user = row_for(account, Action.READINGS_REVIEW, WaterUser, lock=True, pk=key)
        profile = _told(user, valid_from)
        if profile is None:
            raise ServiceError("readings.profile_not_told", weeks=str(use_profiles().weeks))
        columns = {
            "hours": ",".join(map(str, profile.hours)),
            "months": ",".join(map(str, profile.months)),
            "weeks": use_profiles().weeks,
        }
        if tell(UseProfile, user, columns, Telling(by=account, valid_from=valid_from)):
            record_event(
                account,
                "water_user.profiled",
                subject=f"water_user:{user.pk}",
                place=user.city,
                after={"valid_from": valid_from.isoformat(), "weeks": use_profiles().weeks},
            )
            settle_user_again(account, user)
        return standing(UseProfile.objects.filter(subject=user), AsOf(on=valid_from)).get()


def _told(user: WaterUser, valid_from: date) -> Profile | None:
    """Return what the hours of the weeks before a day tell, summed over the user's meters."""
    rules, end = use_profiles(), start_of(valid_from)
    begin = end - rules.weeks * WEEK
    facts = standing(MeterFact.objects.filter(subject__user=user), AsOf(on=valid_from - timedelta(days=1)))
    hourly = facts.filter(level=1, role="use", is_active=True, grid_minutes__lte=MINUTES_OF_HOUR)
    meters = list(Meter.objects.filter(pk__in=hourly.values("subject")))
    if not meters:
        return None
    litres: Counter[int] = Counter()
    told: Counter[int] = Counter()
    for hours in _hours(meters, begin, end):
        litres.update(hours)
        told.update(dict.fromkeys(hours, 1))
    whole = {hour: litres[hour] for hour, count in told.items() if count == len(meters)}
    return own_profile(
        f"user:{user.pk}",
        whole,
        seconds=end - begin,
        fewest_told=rules.fewest_told,
        months=_class_profile(user, valid_from).months,
    )


def _hours(meters: list[Meter], begin: int, end: int) -> list[dict[int, int]]:
    described = meter_rules(meters)
    with reading_store().snapshot() as reader:
        rows = reader.readings_of(sorted(described), begin - HOUR, end).to_pylist()
    versions: dict[int, list[Version]] = {key: [] for key in described}
    for row in rows:
        versions[row["meter"]].append(
            Version(
                meter=str(row["meter"]),
                read_at=row["read_at"],
                register=row["register"],
                recorded_at=row["read_at"],
                batch="",
                row=0,
            )
        )
    records = (
        record_of(described[key], versions[key], known_at=end, rules=metering_checks().rules)
        for key in described
    )
    return [{hour: each for hour, each in hours_of(record).items() if hour >= begin} for record in records]


def _class_profile(user: WaterUser, on: date) -> Profile:
    fact: UserFact | None = standing(user.facts.all(), AsOf(on=on)).first()
    return use_profiles().classes.get(fact.use_class, EVEN) if fact is not None else EVEN
