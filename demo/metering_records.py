"""The fictitious city's water users, meters and readings in the records of the demo.

Everything is invented (合成数据, synthetic). `demo.load_metering` sets up the site and calls this. Users
and meters go through the services of the ledger, as an officer would enter them; readings go to the
store month by month as they arrived, up to now. What is there already stays, so that a run that was
cut short goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.utils import timezone

from demo.city_ledger import DISTRICTS, LITRES_A_CUBIC_METRE, Cadence, Meters, Use
from demo.metering_city import City, MonthOfReadings, invented_city, readings_of
from shuiheng.adapters.engines.columnar.evidence import SCHEMA
from shuiheng.adapters.records.models import (
    LedgerBatch,
    Meter,
    MeterEvent,
    MeterEventKind,
    Organisation,
    Place,
    PlaceKind,
    SourceKind,
    UserFact,
)
from shuiheng.adapters.records.queries_plans import account_named
from shuiheng.adapters.rulebook import load_workdays
from shuiheng.metering.civil_time import months_before
from shuiheng.services.allowances.demo_round import extend_demo_round
from shuiheng.services.events import record_event
from shuiheng.services.ledger.demo_ledger import demo_supplier
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter, record_meter_event
from shuiheng.services.ledger.keep_source import (
    PermitFields,
    SiteFields,
    SourceFields,
    add_permit,
    add_site,
    add_source,
)
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user
from shuiheng.services.load_demo import DEMO_CITY
from shuiheng.services.permission import remember_memberships
from shuiheng.services.publication.demo_edition import settle_demo_edition
from shuiheng.services.readings.check_meters import check_meters
from shuiheng.services.readings.reading_store import event_table, meter_rules, meter_table, store_writer
from shuiheng.services.readings.settle import settle

KIND, FULL_MONTHS = "demo_city", 18
USERS_AT_ONCE, USERS_A_LINE, METERS_AT_ONCE = 4, 500, 200
BREATH_SECONDS = 0.15  # between transactions, so that people and the worker can write too
GRID_MINUTES = {Cadence.HOURLY: 60, Cadence.DAILY: 1_440}
INDUSTRY = (Use.INDUSTRY_1_SHIFT, Use.INDUSTRY_2_SHIFTS, Use.INDUSTRY_3_SHIFTS)
CLASSES = dict.fromkeys(INDUSTRY, "industry") | {
    Use.ESTATE: "residential",
    Use.SITE: "construction",
    Use.GREEN: "ecology",
}
INDUSTRY_CODES = {
    Use.INDUSTRY_3_SHIFTS: "2822",
    Use.INDUSTRY_2_SHIFTS: "3484",
    Use.INDUSTRY_1_SHIFT: "2231",
    Use.SCHOOL: "8334",
    Use.HOSPITAL: "8411",
    Use.HOTEL: "6110",
    Use.OFFICE: "9221",
    Use.SHOP: "5211",
    Use.BATH: "8051",
    Use.SITE: "4710",
    Use.GREEN: "7840",
}
OWN_WATER, PERMITTED_SHARE = 9, Decimal("1.15")
HOURS_OF_YEAR = 8_760
Say = Callable[[str], None]


def load_metering(say: Say, *, now: datetime | None = None, seed: int | None = None) -> int:
    """Load the city; return how many readings are new.

    Args:
        say: Called with a line for each step.
        now: Up to when readings came; the present instant unless given.
        seed: From which the city follows.
    """
    end = now or datetime.now(UTC)
    seeds = {} if seed is None else {"seed": seed}
    city = invented_city(
        calendar=load_workdays(),
        first_on=first_month(end.date()),
        month_count=FULL_MONTHS + 1,
        **seeds,
    )
    ledger = _Ledger(say)
    meters = ledger.settle(city)
    count = sum(_append(ledger, month, meters, end) for month in readings_of(city))
    _settle(meters, city.first_on, end.date(), say)
    new = extend_demo_round(ledger.place)
    say(f"演示用水计划：本年度计划新增 {new} 个户头")
    if settle_demo_edition(ledger.place):
        say("演示进展公开：新的一期已发布")
    return count


def first_month(today: date) -> date:
    """Return the first month of the city: that of what is loaded, else so long ago that its year is full.

    A city that began in another month would have other registers, and its readings would not go on
    from those that are there.
    """
    loaded = LedgerBatch.objects.filter(kind=KIND).order_by("original_name").first()
    if loaded is None:
        return months_before(today, FULL_MONTHS)
    return date.fromisoformat(f"{loaded.original_name.removeprefix('demo-')}-01")


class _Ledger:
    """The users and meters of the city in the ledger."""

    def __init__(self, say: Say) -> None:
        officer = account_named("officer")
        if officer is None:
            raise LookupError("the demo city is not loaded: run `shuiheng demo load` first")
        self.say = say
        self.officer = officer
        self.place = Place.objects.get(slug=DEMO_CITY)
        self.office = Organisation.objects.get(place=self.place, kind="office")
        self.supplier = demo_supplier(self.place)
        remember_memberships(officer)
        self.districts = self._districts()
        standing = UserFact.objects.filter(superseded_at__isnull=True)
        self.users = dict(standing.values_list("credit_code", "subject"))

    def settle(self, city: City) -> np.ndarray:
        """Enter what is missing of users and meters; return the key of each meter by its row."""
        known = dict(Meter.objects.filter(keeper=self.supplier).values_list("number", "pk"))
        rows = [np.flatnonzero(city.meters.user == at) for at in range(len(city.users))]
        self._inlets(city, known)
        for first in range(0, len(city.users), USERS_AT_ONCE):
            with transaction.atomic():
                for at in range(first, min(first + USERS_AT_ONCE, len(city.users))):
                    if any(city.meters.number[row] not in known for row in rows[at]):
                        self._user(city, at, rows[at], known)
            time.sleep(BREATH_SECONDS)
            if first % USERS_A_LINE == 0:
                self.say(f"演示台账：{first}/{len(city.users)} 个虚构用水户")
        return np.array([known[number] for number in city.meters.number])

    def _districts(self) -> list[Any]:
        """Return the districts in the order of the city; one that is not there is made."""
        found = []
        for order, name in enumerate(DISTRICTS):
            place = Place.objects.filter(parent=self.place, name=name).first()
            if place is None:
                place = Place.objects.create(
                    slug=f"demo-metering-{order}",
                    name=name,
                    kind=PlaceKind.ZONE if name.endswith("区") and "开" in name else PlaceKind.DISTRICT,
                    parent=self.place,
                    order=order + 1,
                    is_synthetic=True,
                )
                record_event(
                    None, "place.made", subject=f"place:{place.pk}", place=self.place, after={"name": name}
                )
            found.append(place)
        return found

    def _inlets(self, city: City, known: dict[str, int]) -> None:
        for row in np.flatnonzero(city.meters.user < 0):
            number = city.meters.number[row]
            if number not in known:
                new = NewMeter(number=number, keeper=self.supplier.pk)
                fields = _meter_fields(city.meters, int(row), role="inlet", level=1)
                known[number] = add_meter(self.officer, new, fields, valid_from=city.first_on).pk

    def _user(self, city: City, at: int, rows: np.ndarray, known: dict[str, int]) -> None:
        """Enter a user with the meters of it that are not known yet."""
        user = city.users[at]
        district = self.districts[user.district]
        key = self.users.get(user.credit_code)
        if key is None:
            fields = WaterUserFields(
                name=user.name,
                district=district.pk,
                credit_code=user.credit_code,
                use_class=CLASSES.get(user.use, "services"),
                industry_code=INDUSTRY_CODES.get(user.use, ""),
                address=f"{district.name}虚构路{at + 1}号",
            )
            key = add_water_user(self.officer, fields, valid_from=city.first_on).pk
            site = add_site(
                self.officer,
                key,
                "1",
                SiteFields(name="主地点", district=district.pk),
                valid_from=city.first_on,
            )
            source = self._source(city, at, rows, key, site.pk)
        else:
            site, source = None, None
        for row in rows:
            number = city.meters.number[row]
            if number in known:
                continue
            parent = int(city.meters.parent[row])
            new = NewMeter(number=number, keeper=self.supplier.pk, user=key)
            given = _meter_fields(
                city.meters,
                int(row),
                level=int(city.meters.level[row]),
                parent=known[city.meters.number[parent]] if parent >= 0 else None,
                site=site.pk if site else None,
                source=source.pk if source else None,
            )
            known[number] = add_meter(self.officer, new, given, valid_from=city.first_on).pk

    def _source(self, city: City, at: int, rows: np.ndarray, key: int, site: int) -> Any:
        """Return the source of a user; every ninth works takes water itself, under a permit."""
        tap = SourceFields(
            water_kind="tap",
            site=site,
            authority=self.office.pk,
            supplier=self.supplier.pk,
            account_number=f"DEMO-{at + 1:05d}",
            price_class="residential" if city.users[at].use is Use.ESTATE else "non_residential",
        )
        since = city.first_on
        if city.users[at].use not in INDUSTRY or at % OWN_WATER:
            return add_source(self.officer, key, SourceKind.SUPPLY, tap, valid_from=since)
        river = SourceFields(water_kind="surface", site=site, authority=self.office.pk)
        source = add_source(self.officer, key, SourceKind.ABSTRACTION, river, valid_from=since)
        litres = float(city.meters.mean_l_h[rows].sum()) * HOURS_OF_YEAR
        volume = (Decimal(round(litres / LITRES_A_CUBIC_METRE)) * PERMITTED_SHARE).quantize(Decimal(1000))
        permit = PermitFields(
            expires_on=date(since.year + 5, 12, 31), volume_m3=max(volume, Decimal(1000)), purpose="生产用水"
        )
        add_permit(self.officer, source.pk, f"DEMO-QS-{at + 1:05d}", permit, valid_from=since)
        return source


def _meter_fields(meters: Meters, row: int, **given: Any) -> Any:
    cadence = Cadence(int(meters.cadence[row]))
    return MeterFields(
        zone=f"DMA-{int(meters.zone[row]) + 1:02d}",
        nominal_mm=int(meters.nominal_mm[row]),
        q3_m3_h=Decimal(int(meters.permanent_flow_l_h[row])) / LITRES_A_CUBIC_METRE,
        register_digits=int(meters.digits[row]),
        step_litres=int(meters.step_litres[row]),
        grid_minutes=GRID_MINUTES.get(cadence),
        telemetry_id="" if cadence is Cadence.IRREGULAR else meters.number[row],
        **given,
    )


def _append(ledger: _Ledger, month: MonthOfReadings, meters: np.ndarray, now: datetime) -> int:
    """Write what arrived in a month up to now, as one batch; return how many readings are new."""
    rows = month.readings.filter(pc.less_equal(month.readings["recorded_at"], pa.scalar(now)))
    if LedgerBatch.objects.filter(kind=KIND, original_name=month.name).exists() or not len(rows):
        return 0
    _events(ledger, month, meters, now)
    table = pa.table(
        [
            pa.array(meters[rows["meter"].to_numpy()]),
            rows["read_at"].cast(pa.int64()),
            rows["register_litres"],
            rows["recorded_at"].cast(pa.int64()),
        ],
        schema=SCHEMA,
    )
    with store_writer() as writer:
        writer.put_meters(meter_table(meter_rules(Meter.objects.filter(pk__in=meters.tolist()))))
        writer.put_events(event_table())
        writer.append(month.name, table)
    _note(ledger, month.name, len(rows))
    return len(rows)


def _events(ledger: _Ledger, month: MonthOfReadings, meters: np.ndarray, now: datetime) -> None:
    for event in month.events:
        at, key = datetime.fromtimestamp(event.at, UTC), int(meters[event.meter])
        if at > now or MeterEvent.objects.filter(meter=key, at=at).exists():
            continue
        swap = MeterEvent(
            kind=MeterEventKind.SWAPPED,
            at=at,
            final_litres=event.final_litres,
            start_litres=event.start_litres,
            note="" if event.final_litres is not None else "旧表止码未抄（演示）",
        )
        record_meter_event(ledger.officer, key, swap)


def _note(ledger: _Ledger, name: str, count: int) -> None:
    with transaction.atomic():
        batch = LedgerBatch.objects.create(
            kind=KIND,
            place=ledger.place,
            organisation=ledger.supplier,
            original_name=name,
            state="taken",
            counts={"good": count},
            made_by=ledger.officer,
            committed_at=timezone.now(),
        )
        record_event(
            ledger.officer,
            "readings.taken",
            subject=f"ledger_batch:{batch.pk}",
            place=ledger.place,
            after={"state": "taken", "counts": {"good": count}},
        )


def _settle(meters: np.ndarray, first: date, last: date, say: Say) -> None:
    """Settle and check the meters of which nothing is settled yet."""
    rows = Meter.objects.filter(pk__in=meters.tolist()).order_by("pk")
    for some in _some(list(rows.filter(watch__isnull=True)), METERS_AT_ONCE):
        settle(some, first, last)
        time.sleep(BREATH_SECONDS)
    unchecked = list(rows.filter(watch__checked_at__isnull=True))
    say(f"演示计量：读数已结算，正在校核 {len(unchecked)} 块水表")
    for some in _some(unchecked, METERS_AT_ONCE):
        check_meters(some)
        time.sleep(BREATH_SECONDS)
    say("演示计量：已全部载入")


def _some(rows: Sequence[Any], count: int) -> Iterator[list[Any]]:
    for first in range(0, len(rows), count):
        yield list(rows[first : first + count])
