"""Look at a register before a water user files it: what it tells and what is doubtful; nothing is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from shuiheng.adapters.engines.columnar import Reader
from shuiheng.adapters.records.models import Meter, MeterFact, MeterFiling
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.checks.record import LITRES_OF_M3, m3_text
from shuiheng.metering.civil_time import day_of, local_words
from shuiheng.metering.model import Meter as MeterRules
from shuiheng.metering.model import Reading
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.filed_register import (
    Compared,
    compared_register,
    instant_of,
    neighbours_of,
    register_litres,
    reports_itself,
)
from shuiheng.services.readings.filing_checks import (
    FiledUse,
    FilingDoubt,
    MonthsBeside,
    doubts_of,
    months_beside,
    use_since,
)
from shuiheng.services.readings.filing_months import FilingMonth, open_months
from shuiheng.services.readings.meter_records import facts_on
from shuiheng.services.readings.reading_store import meter_rules, reading_store
from shuiheng.services.scope import row_for

LONGEST_REMARK = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledMeter:
    """What a person typed for one meter.

    Args:
        meter: Key of the meter.
        register: The register in m³, as it was typed.
        day: The day on which it was read.
        remark: What the person says to a doubt.
        photo: Bytes of a photo of the register, or nothing.
        photo_name: Name of its file.
    """

    meter: int
    register: str
    day: date
    remark: str = ""
    photo: bytes = b""
    photo_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A filed register as it was looked at.

    Args:
        meter: The meter.
        fact: What the ledger says of it.
        litres: The register in litres; None when it cannot be read.
        read_at: The instant of the reading.
        use: What passed since the reading before; None when there is none.
        doubts: What is doubtful.
        compared_litres: What the own readings of a meter that reports by itself tell of the instant.
    """

    meter: Meter
    fact: MeterFact
    litres: int | None
    read_at: int
    use: FiledUse | None = None
    doubts: Sequence[FilingDoubt] = ()
    compared_litres: int | None = None

    @property
    def is_final(self) -> bool:
        """Whether it must be corrected."""
        return self.litres is None or any(each.is_final for each in self.doubts)

    @property
    def is_compared(self) -> bool:
        """Whether it is only held against the own readings of the meter."""
        return reports_itself(self.fact)


def wanted_month(month: date) -> FilingMonth:
    """Return a month that can be filed now.

    Raises:
        ServiceError: `filing.closed`.
    """
    found = next((each for each in open_months(timezone.localdate()) if each.month == month), None)
    if found is None:
        raise ServiceError("filing.closed", month=f"{month:%Y-%m}")
    return found


def check_filing(actor: Actor, month: date, filed: FiledMeter) -> Judged:
    """Return what is to be said of a register before it is filed; nothing is saved.

    Raises:
        ServiceError: `filing.closed`.
        NotThereError, NotPermittedError: The meter is not the actor's to file.
    """
    account = require(actor, Action.READINGS_FILE)
    meter = row_for(account, Action.READINGS_FILE, Meter, pk=filed.meter)
    open_month = wanted_month(month)
    with reading_store().snapshot() as reader:
        return judge(reader, open_month, [(meter, filed)], now=timezone.now())[0]


def judge(
    reader: Reader, month: FilingMonth, filed: Sequence[tuple[Meter, FiledMeter]], *, now: datetime
) -> list[Judged]:
    """Return what is to be said of registers for a month.

    Raises:
        NotThereError: A meter is not in use.
    """
    meters = [meter for meter, _ in filed]
    rules, beside = meter_rules(meters), months_beside(meters, month.month)
    standing_filings = {
        row.meter_id: row
        for row in MeterFiling.objects.filter(meter__in=meters, month=month.month, superseded_at__isnull=True)
    }
    facts = facts_on(meters, timezone.localdate(now))
    found = []
    for meter, typed in filed:
        one = _One(meter, facts, rules, beside, standing_filings.get(meter.pk))
        found.append(_judged(reader, month, one, typed, now))
    return found


class _One:
    """Everything that is known of one meter."""

    def __init__(
        self,
        meter: Meter,
        facts: Mapping[int, MeterFact],
        rules: Mapping[int, MeterRules],
        months: Mapping[int, MonthsBeside],
        filed: MeterFiling | None,
    ) -> None:
        fact = facts.get(meter.pk)
        if fact is None or not fact.is_active:
            raise NotThereError(f"meter:{meter.pk}")
        self.meter, self.fact, self.rules, self.months = meter, fact, rules[meter.pk], months[meter.pk]
        self.filed_at = int(filed.read_at.timestamp()) if filed is not None else None


def _judged(reader: Reader, month: FilingMonth, one: _One, typed: FiledMeter, now: datetime) -> Judged:
    read_at = instant_of(typed.day, now)
    if one.filed_at is not None and day_of(one.filed_at) == typed.day:
        read_at = one.filed_at
    litres = register_litres(typed.register)
    plain = Judged(meter=one.meter, fact=one.fact, litres=litres, read_at=read_at)
    fault = _fault(one.fact, month, typed, litres, timezone.localdate(now))
    if litres is None or fault is not None:
        return replace(plain, doubts=(fault,) if fault else ())
    filed = Reading(read_at=read_at, register=litres)
    if reports_itself(one.fact):
        compared = compared_register(one.rules, reader, one.meter, read_at)
        if compared is None:
            return plain
        doubts = _difference(one.fact, filed, compared)
        return replace(plain, doubts=doubts, compared_litres=compared.litres)
    beside = neighbours_of(reader, one.meter, read_at, without=one.filed_at)
    return replace(
        plain,
        use=use_since(one.rules, beside, filed),
        doubts=tuple(doubts_of(one.rules, beside, filed, months=one.months)),
    )


def _fault(
    fact: MeterFact, month: FilingMonth, typed: FiledMeter, litres: int | None, today: date
) -> FilingDoubt | None:
    """Return what must be corrected before anything can be told of a register."""
    if litres is None:
        return FilingDoubt(code="filing.number", values={"text": typed.register[:20]}, is_final=True)
    if litres % fact.step_litres:
        values = {"register": m3_text(litres), "step": m3_text(fact.step_litres)}
        return FilingDoubt(code="filing.step", values=values, is_final=True)
    if not month.month <= typed.day <= today:
        values = {"day": typed.day.isoformat(), "first": month.month.isoformat(), "last": today.isoformat()}
        return FilingDoubt(code="filing.day", values=values, is_final=True)
    return None


def _difference(fact: MeterFact, filed: Reading, compared: Compared) -> tuple[FilingDoubt, ...]:
    """Return the doubt that a meter tells another register than its user, by V11.

    Who writes down whole m³ leaves out what the last digits show.
    """
    steps = metering_checks().rules["V11"].share("steps") * fact.step_litres
    unwritten = 0 if filed.register % LITRES_OF_M3 else LITRES_OF_M3
    if abs(filed.register - compared.litres) <= steps + unwritten + compared.slack_litres:
        return ()
    values = {
        "filed": m3_text(filed.register),
        "compared": m3_text(compared.litres),
        "difference": m3_text(filed.register - compared.litres),
        "at": local_words(filed.read_at),
    }
    return (FilingDoubt(code="filing.differs", values=values),)
