"""What is doubtful of a register that a water user files, told before anything is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from shuiheng.adapters.records.models import Meter, MeterFiling, SettledMonth
from shuiheng.adapters.rulebook.filing_policy import filing_policy
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.checks import record_of
from shuiheng.metering.checks.flows import check_days_are_possible
from shuiheng.metering.checks.record import m3_text
from shuiheng.metering.checks.unit_jumps import register_factor
from shuiheng.metering.civil_time import DAY, day_of, months_before
from shuiheng.metering.intervals import register_at
from shuiheng.metering.model import Basis, Interval, Reading, Version
from shuiheng.metering.model import Meter as MeterRules
from shuiheng.services.readings.filed_register import Neighbours

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingDoubt:
    """A doubt about a filed register.

    Args:
        code: Code of its sentence in the rulebook.
        values: Values for the blanks of the sentence.
        is_final: It must be corrected; any other doubt may be confirmed with a remark.
    """

    code: str
    values: Mapping[str, str]
    is_final: bool = False

    @property
    def as_json(self) -> dict[str, object]:
        """How a filing keeps it."""
        return {"code": self.code, "values": dict(self.values)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledUse:
    """What a filed register tells: since when, and how much; no litres where that cannot be known."""

    since: int
    until: int
    litres: int | None

    @property
    def days(self) -> float:
        """Length of the time in days."""
        return (self.until - self.since) / DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthsBeside:
    """Use of the last month and of the same month last year, as settled; None where nothing is known."""

    last: SettledMonth | None
    year: SettledMonth | None


def months_beside(meters: Sequence[Meter], month: date) -> dict[int, MonthsBeside]:
    """Return what meters used in the month before and in the same month last year."""
    before, year = months_before(month, 1), months_before(month, MONTHS_OF_A_YEAR)
    rows = SettledMonth.objects.filter(meter__in=meters, month__in=(before, year))
    known = {(row.meter_id, row.month): row for row in rows}
    return {
        meter.pk: MonthsBeside(last=known.get((meter.pk, before)), year=known.get((meter.pk, year)))
        for meter in meters
    }


def use_since(rules: MeterRules, beside: Neighbours, filed: Reading) -> FiledUse | None:
    """Return what passed since the reading before, or None when there is none."""
    interval = _interval(rules, beside, filed)
    if interval is None:
        return None
    return FiledUse(since=interval.start.read_at, until=filed.read_at, litres=interval.volume_litres)


def doubts_of(
    rules: MeterRules, beside: Neighbours, filed: Reading, *, months: MonthsBeside
) -> list[FilingDoubt]:
    """Return what is doubtful of a register, the plainest first; none when it may be filed at once.

    The rules are V3, V4, V8 and V16 of the checks of readings on the interval that the register ends,
    and beyond them the use of the last month and of the same month last year.
    """
    final = _beyond_digits(rules, filed)
    if final:
        return final
    interval = _interval(rules, beside, filed)
    if interval is None:
        return []
    checks = metering_checks().rules
    around = {"before": m3_text(interval.start.register), "after": m3_text(filed.register)}
    around["since"] = day_of(interval.start.read_at).isoformat()
    factor = register_factor(interval, checks["V16"])
    if factor is not None:
        return [FilingDoubt(code="filing.unit_jump", values=around | {"factor": f"{float(factor):g}"})]
    if interval.volume_litres is None:
        return [FilingDoubt(code="filing.register_fell", values=around)]
    volume = around | {"volume": m3_text(interval.volume_litres)}
    found = []
    if interval.basis is Basis.ROLLED_OVER:
        found.append(FilingDoubt(code="filing.rolled_over", values=volume))
    limit = _impossible(rules, interval)
    if limit is not None:
        found.append(FilingDoubt(code="filing.too_much", values=volume | {"limit": limit}))
    return found or _far_from_before(interval, volume, months) or _behind(rules, beside, filed)


def _beyond_digits(rules: MeterRules, filed: Reading) -> list[FilingDoubt]:
    modulus = register_at(rules, filed.read_at).modulus_litres
    if modulus is None or filed.register < modulus:
        return []
    values = {"register": m3_text(filed.register), "modulus": m3_text(modulus)}
    return [FilingDoubt(code="filing.beyond_digits", values=values, is_final=True)]


def _interval(rules: MeterRules, beside: Neighbours, filed: Reading) -> Interval | None:
    """Return the interval that a filed register ends, as the core sees it."""
    if beside.before is None:
        return None
    return _record_intervals(rules, [beside.before, filed])[0]


def _behind(rules: MeterRules, beside: Neighbours, filed: Reading) -> list[FilingDoubt]:
    """Return the doubt that a later reading is lower, as when a day was mixed up."""
    if beside.after is None or _record_intervals(rules, [filed, beside.after])[0].volume_litres is not None:
        return []
    values = {
        "register": m3_text(filed.register),
        "later": m3_text(beside.after.register),
        "at": day_of(beside.after.read_at).isoformat(),
    }
    return [FilingDoubt(code="filing.above_later", values=values)]


def _record_intervals(rules: MeterRules, readings: Sequence[Reading]) -> tuple[Interval, ...]:
    versions = [_version(rules, each, place) for place, each in enumerate(readings)]
    known_at = max(each.read_at for each in readings)
    return record_of(rules, versions, known_at=known_at, rules=metering_checks().rules).intervals


def _version(rules: MeterRules, reading: Reading, place: int) -> Version:
    return Version(
        meter=rules.id,
        read_at=reading.read_at,
        register=reading.register,
        recorded_at=reading.read_at,
        batch="filing",
        row=place,
    )


def _impossible(rules: MeterRules, interval: Interval) -> str | None:
    """Return the most that the meter can pass in a day, in m³, when a day of the interval is above it."""
    versions = [_version(rules, each, place) for place, each in enumerate((interval.start, interval.end))]
    checks = metering_checks().rules
    record = record_of(rules, versions, known_at=interval.end.read_at, rules=checks)
    above = [each for each in check_days_are_possible(record, checks) if each.code.endswith("impossible")]
    return dict(above[0].values)["limit"] if above else None


def _far_from_before(
    interval: Interval, volume: Mapping[str, str], months: MonthsBeside
) -> list[FilingDoubt]:
    """Return the doubt that use is far from that of the months that it is held against."""
    known = [rate for rate in (_rate(months.last), _rate(months.year)) if rate is not None]
    if not known or interval.volume_litres is None:
        return []
    policy = filing_policy()
    rate = Fraction(interval.volume_litres, interval.seconds)
    values = dict(volume) | {
        "daily": _a_day(rate),
        "last": _a_day(_rate(months.last)),
        "year": _a_day(_rate(months.year)),
    }

    def is_much(other: Fraction) -> bool:
        return abs(rate - other) * interval.seconds >= policy.least_difference_litres

    if interval.volume_litres == 0 and is_much(min(known)):
        return [FilingDoubt(code="filing.no_use", values=values)]
    if rate > policy.high_times * max(known) and is_much(max(known)):
        return [FilingDoubt(code="filing.far_above", values=values)]
    if rate < policy.low_share * min(known) and is_much(min(known)):
        return [FilingDoubt(code="filing.far_below", values=values)]
    return []


def _rate(row: SettledMonth | None) -> Fraction | None:
    """Return litres a second of the time of a month that is known."""
    if row is None or row.by_time_litres is None:
        return None
    seconds = row.measured_seconds + row.spread_seconds
    return Fraction(row.by_time_litres, seconds) if seconds else None


def _a_day(rate: Fraction | None) -> str:
    return "—" if rate is None else m3_text(round(rate * DAY))


def photo_doubt(meter: Meter, month: date, sha256: str) -> list[FilingDoubt]:
    """Return the doubt that the photo was filed before, for another meter or month."""
    same = MeterFiling.objects.filter(photo__sha256=sha256, meter__user=meter.user_id).exclude(
        meter=meter, month=month
    )
    known = same.select_related("meter").first()
    if known is None:
        return []
    values = {"meter": known.meter.number, "month": f"{known.month:%Y-%m}"}
    return [FilingDoubt(code="filing.photo_used", values=values)]
