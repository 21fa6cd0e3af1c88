"""What an edit of readings would change, month by month, before anybody says yes to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from django.utils import timezone

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Meter
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.checks.record import longest_gap, m3_text
from shuiheng.metering.civil_time import day_of, local_words, month_after, start_of
from shuiheng.metering.intervals import intervals_of
from shuiheng.metering.model import Meter as MeterRules
from shuiheng.metering.model import Method, Reading, Volume
from shuiheng.metering.month_volumes import usage_by_profiles
from shuiheng.metering.volumes import Usage, volume
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.edit_batches import HeldReading, ReadingChange
from shuiheng.services.readings.meter_readings import KnownVersion, readings_around, versions_at_each
from shuiheng.services.readings.profiles_in_force import profiles_in_force
from shuiheng.services.readings.reading_store import meter_rules, reading_store, rules_of_intervals
from shuiheng.services.scope import row_for

MOST_CHANGES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthChange:
    """One month before and after an edit.

    Args:
        month: Its first day.
        before: Volume by time as it stands.
        after: Volume by time as it would be.
        read_before: Litres as read, as they stand; None where an interval that ends in it tells none.
        read_after: Litres as read, as they would be.
    """

    month: date
    before: Volume
    after: Volume
    read_before: int | None
    read_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPreview:
    """What an edit would change.

    Args:
        meter: The meter.
        changes: What is to hold, in order of time.
        held: What holds now, by instant.
        months: The months that change, in order.
    """

    meter: Meter
    changes: Sequence[ReadingChange]
    held: Mapping[int, HeldReading]
    months: Sequence[MonthChange]

    @property
    def mark(self) -> str:
        """A word for what holds now; an edit is refused when it is another by then."""
        return ";".join(f"{at}={each.version}" for at, each in sorted(self.held.items()))


class _Told(NamedTuple):
    """What readings tell: the use, and where the intervals end whose volume is not known."""

    usage: Usage
    unknown: Sequence[int]


def preview_edit(actor: Actor, key: int, changes: Sequence[ReadingChange]) -> EditPreview:
    """Return what an edit of the readings of a meter would change; nothing is written.

    Args:
        actor: Who would edit.
        key: Key of the meter.
        changes: What is to hold.

    Raises:
        ServiceError: `readings.edit_empty`, `readings.edit_many`, `readings.edit_twice`,
            `readings.edit_future`, `readings.edit_no_reading`, `readings.edit_same`,
            `readings.edit_step`, `readings.edit_digits`.
        NotThereError, NotPermittedError: The meter is not the actor's.
    """
    account = require(actor, Action.READINGS_REVIEW)
    return previewed(row_for(account, Action.READINGS_REVIEW, Meter, pk=key), changes)


def previewed(meter: Meter, changes: Sequence[ReadingChange]) -> EditPreview:
    """Return what an edit would change; see `preview_edit`."""
    ordered = sorted(changes, key=lambda each: each.read_at)
    _check_instants(ordered)
    versions = versions_at_each(meter, [change.read_at for change in ordered])
    held = {at: _held(said) for at, said in versions.items()}
    for change in ordered:
        _check_change(meter, change, held[change.read_at])
    return EditPreview(meter=meter, changes=ordered, held=held, months=_months(meter, ordered))


def _check_instants(ordered: Sequence[ReadingChange]) -> None:
    if not ordered:
        raise ServiceError("readings.edit_empty")
    if len(ordered) > MOST_CHANGES:
        raise ServiceError("readings.edit_many", limit=str(MOST_CHANGES))
    for before, after in pairwise(ordered):
        if before.read_at == after.read_at:
            raise ServiceError("readings.edit_twice", at=local_words(after.read_at))
    if ordered[-1].read_at > timezone.now().timestamp():
        raise ServiceError("readings.edit_future", at=local_words(ordered[-1].read_at))


def _held(versions: Sequence[KnownVersion]) -> HeldReading:
    if not versions:
        return HeldReading(litres=None, version="")
    newest = versions[-1]
    return HeldReading(litres=newest.register_litres, version=f"{newest.name}:{newest.row}")


def _check_change(meter: Meter, change: ReadingChange, held: HeldReading) -> None:
    """Refuse what changes nothing, and registers that the dial cannot show."""
    at = local_words(change.read_at)
    if change.litres is None and held.litres is None:
        raise ServiceError("readings.edit_no_reading", at=at)
    if change.litres == held.litres:
        raise ServiceError("readings.edit_same", at=at)
    fact = standing(meter.facts.all(), AsOf(on=day_of(change.read_at))).first()
    if change.litres is None or fact is None:
        return
    if change.litres < 0 or change.litres % fact.step_litres:
        raise ServiceError("readings.edit_step", at=at, step=m3_text(fact.step_litres))
    if fact.register_digits is not None and change.litres >= 10**fact.register_digits * fact.step_litres:
        raise ServiceError("readings.edit_digits", at=at, digits=str(fact.register_digits))


def _months(meter: Meter, ordered: Sequence[ReadingChange]) -> Sequence[MonthChange]:
    """Return the months whose volume changes: from the reading before the edit to the one behind it."""
    rules = meter_rules([meter])[meter.pk]
    with reading_store().snapshot() as reader:
        first_at, last_at = ordered[0].read_at, ordered[-1].read_at
        near = readings_around(reader, meter.pk, first_at - 1, last_at)
        begin = day_of(min(each.read_at for each in (*near, *_readings(ordered)))).replace(day=1)
        end = day_of(max(each.read_at for each in (*near, *_readings(ordered)))).replace(day=1)
        readings = readings_around(reader, meter.pk, start_of(begin), start_of(month_after(end)))
    edited = {each.read_at: each for each in readings}
    for change in ordered:
        edited.pop(change.read_at, None)
    edited |= {each.read_at: each for each in _readings(ordered)}
    now, then = (_told(meter, rules, told) for told in (readings, [edited[at] for at in sorted(edited)]))
    found = []
    month = begin
    while month <= end:
        each = _month(month, now, then)
        if (each.before, each.read_before) != (each.after, each.read_after):
            found.append(each)
        month = month_after(month)
    return found


def _readings(changes: Sequence[ReadingChange]) -> list[Reading]:
    return [
        Reading(read_at=each.read_at, register=each.litres) for each in changes if each.litres is not None
    ]


def _told(meter: Meter, rules: MeterRules, readings: Sequence[Reading]) -> _Told:
    longest = longest_gap(rules, metering_checks().rules["V2"])
    intervals = intervals_of(rules, readings, rules_of_intervals())
    profile_on = partial(profiles_in_force([meter]), meter.pk)
    usage = usage_by_profiles(intervals, profile_on=profile_on, longest_seconds=longest)
    return _Told(usage=usage, unknown=[each.end.read_at for each in intervals if each.volume_litres is None])


def _month(month: date, now: _Told, then: _Told) -> MonthChange:
    start_at, end_at = start_of(month), start_of(month_after(month))
    before, after = (volume(told.usage, start_at, end_at) for told in (now, then))
    read = [
        None
        if any(start_at < at <= end_at for at in told.unknown)
        else volume(told.usage, start_at, end_at, method=Method.AS_READ).litres
        for told in (now, then)
    ]
    return MonthChange(month=month, before=before, after=after, read_before=read[0], read_after=read[1])
