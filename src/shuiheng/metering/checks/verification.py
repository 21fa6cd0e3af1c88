"""Whether the verification of a meter is in force, and the grade that its figures have."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shuiheng.kernel import Finding, Severity
from shuiheng.metering.checks.record import found
from shuiheng.metering.civil_time import day_of, end_of
from shuiheng.metering.model import EventKind, Meter


class Standing(StrEnum):
    """Whether the verification of a meter is in force."""

    VALID = "valid"
    UNKNOWN = "unknown"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationRules:
    """How long a meter may be used after its verification (检定周期).

    Args:
        limited_life: Largest nominal diameter in mm and years of life, of meters that are verified
            once, the smallest first.
        limited_flow_l_h: Largest permanent flow Q3 of such a meter.
        cycle_years: Years between verifications of all others.
        grades: Grade of figures by the standing of the verification.
        remedy_days: Days to put an expired verification right before figures lose their use for surcharges.
    """

    limited_life: tuple[tuple[int, int], ...]
    limited_flow_l_h: int
    cycle_years: int
    grades: Mapping[Standing, str]
    remedy_days: int


def expires_on(meter: Meter, on: date, rules: VerificationRules) -> date | None:
    """Return the last day on which the verification of a meter holds, None where it cannot be known.

    A small meter is verified once and lives its years from its installation; others run
    from their last verification, or from their installation as verified new.
    """
    past = [event for event in meter.events if event.at <= end_of(on)]
    placed = [event.at for event in past if event.kind in (EventKind.INSTALL, EventKind.SWAP)]
    verified = [event.at for event in past if event.kind is EventKind.VERIFICATION]
    if meter.nominal_mm is None:
        return None
    life = _life_years(meter, rules)
    begins = placed or verified if life is not None else [*placed, *verified]
    if not begins:
        return None
    return _years_after(day_of(max(begins) + 1), rules.cycle_years if life is None else life)


def standing(meter: Meter, on: date, rules: VerificationRules) -> Standing:
    """Return whether the verification of a meter is in force on a day (检定状态)."""
    last = expires_on(meter, on, rules)
    if last is None:
        return Standing.UNKNOWN
    return Standing.VALID if on <= last else Standing.EXPIRED


def grade(meter: Meter, on: date, rules: VerificationRules) -> str:
    """Return the grade of a meter's figures on a day (数据等级)."""
    return rules.grades[standing(meter, on, rules)]


def check_verification_holds(meter: Meter, on: date, rules: VerificationRules) -> tuple[Finding, ...]:
    """Return a finding when the verification of a meter has expired, or cannot be known."""
    last = expires_on(meter, on, rules)
    own_grade = rules.grades[standing(meter, on, rules)]
    if last is None:
        evidence = f"DN {meter.nominal_mm}, {len(meter.events)} events"
        return (found("verification_unknown", Severity.NOTE, meter.id, evidence=evidence, grade=own_grade),)
    if on <= last:
        return ()
    late = (on - last).days
    return (
        found(
            "verification_expired",
            Severity.WARN,
            meter.id,
            evidence=f"{on.isoformat()} > {last.isoformat()}",
            expired=last.isoformat(),
            days=str(late),
            remedy_days=str(rules.remedy_days),
            grade=own_grade,
        ),
    )


def _life_years(meter: Meter, rules: VerificationRules) -> int | None:
    """Return the years that a meter of limited life may be used, None when it is verified in turn."""
    if meter.permanent_flow_l_h is not None and meter.permanent_flow_l_h > rules.limited_flow_l_h:
        return None
    nominal = meter.nominal_mm or 0
    return next((years for largest, years in rules.limited_life if nominal <= largest), None)


def _years_after(day: date, years: int) -> date:
    length = monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, length))
