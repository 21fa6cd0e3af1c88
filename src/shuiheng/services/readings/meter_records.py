"""What the core needs to check meters: their whole description, their evidence, their class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from shuiheng.adapters.engines.columnar import Reader
from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Meter, MeterEvent, MeterEventKind, MeterFact, UserFact
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.adapters.rulebook.settlement_rules import Reach, settlement_rules
from shuiheng.metering.checks.record import LITRES_OF_M3, MeterRecord, record_of
from shuiheng.metering.civil_time import DAY, day_of
from shuiheng.metering.model import EventKind, Version
from shuiheng.metering.model import Meter as MeterRules
from shuiheng.metering.model import MeterEvent as Happening
from shuiheng.services.readings.profiles_in_force import profiles_in_force
from shuiheng.services.readings.reading_store import meter_rules

OTHER = "other"
HAPPENINGS = {
    MeterEventKind.INSTALLED: EventKind.INSTALL,
    MeterEventKind.VERIFIED: EventKind.VERIFICATION,
    MeterEventKind.SEALED: EventKind.SEAL,
}


def records_by_reach(
    reader: Reader, meters: Sequence[Meter], *, known_at: datetime
) -> Iterator[tuple[Reach, list[MeterRecord]]]:
    """Yield what is known of meters, as far back as the checks look at each.

    Args:
        reader: A generation of the store.
        meters: The meters.
        known_at: The instant of the check.
    """
    instant = int(known_at.timestamp())
    checks, profile_on = metering_checks().rules, profiles_in_force(meters)
    described = described_meters(meters, on=day_of(instant))
    for reach, group in _by_reach(described).items():
        versions = _versions(reader, group, instant - reach.days * DAY, instant)
        yield (
            reach,
            [
                record_of(
                    described[key],
                    versions.get(key, ()),
                    known_at=instant,
                    rules=checks,
                    profile=profile_on(key, day_of(instant)),
                )
                for key in group
            ],
        )


def described_meters(meters: Sequence[Meter], *, on: date) -> dict[int, MeterRules]:
    """Return the whole description of meters as of a day, by key: registers, events, size, kind of user."""
    facts = facts_on(meters, on)
    events = _events(meters)
    kinds = _kinds(meters, on)
    return {
        key: replace(_sized(rules, facts.get(key)), kind=kinds[key], events=(*rules.events, *events[key]))
        for key, rules in meter_rules(meters).items()
    }


def facts_on(meters: Sequence[Meter], on: date) -> dict[int, MeterFact]:
    """Return what the ledger says of meters on a day, by key; those of which it says nothing are left out."""
    rows = standing(MeterFact.objects.filter(subject__in=meters), AsOf(on=on))
    return {fact.subject_id: fact for fact in rows}


def _sized(rules: MeterRules, fact: MeterFact | None) -> MeterRules:
    if fact is None:
        return rules
    return replace(
        rules,
        nominal_mm=fact.nominal_mm,
        permanent_flow_l_h=None if fact.q3_m3_h is None else int(fact.q3_m3_h * LITRES_OF_M3),
        flow_range=None if fact.flow_ratio is None else Fraction(fact.flow_ratio),
    )


def _events(meters: Sequence[Meter]) -> Mapping[int, list[Happening]]:
    found: dict[int, list[Happening]] = defaultdict(list)
    rows = MeterEvent.objects.filter(meter__in=meters, kind__in=list(HAPPENINGS), superseded_at__isnull=True)
    for row in rows.order_by("at", "pk"):
        found[row.meter_id].append(
            Happening(at=int(row.at.timestamp()), kind=HAPPENINGS[MeterEventKind(row.kind)])
        )
    return found


def _kinds(meters: Sequence[Meter], on: date) -> Mapping[int, str]:
    users = {meter.user_id for meter in meters if meter.user_id is not None}
    rows = standing(UserFact.objects.filter(subject__in=users), AsOf(on=on))
    classes = dict(rows.values_list("subject", "use_class"))
    kinds = settlement_rules().kinds
    return {meter.pk: kinds.get(classes.get(meter.user_id or 0, ""), OTHER) for meter in meters}


def _by_reach(meters: Mapping[int, MeterRules]) -> Mapping[Reach, list[int]]:
    rules = settlement_rules()
    found: dict[Reach, list[int]] = defaultdict(list)
    for key, meter in meters.items():
        is_fine = meter.grid_seconds is not None and meter.grid_seconds < DAY
        found[rules.fine if is_fine else rules.coarse].append(key)
    return found


def _versions(reader: Reader, meters: Sequence[int], begin: int, end: int) -> Mapping[int, list[Version]]:
    found: dict[int, list[Version]] = defaultdict(list)
    table = reader.versions_of(meters, begin, end + DAY)  # clocks that run ahead
    for row in table.to_pylist():
        found[row["meter"]].append(Version(**row | {"meter": str(row["meter"])}))
    return found
