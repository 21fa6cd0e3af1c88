"""Meters for the checks: the shipped rules, a record by a few words, its findings by code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from metering.histories import HOUR, at
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.kernel import Finding
from shuiheng.metering.checks.record import MeterRecord, record_of
from shuiheng.metering.model import Meter, Version
from shuiheng.services.finding_sentences import sentence_of

RULES = metering_checks().rules
METER = Meter(id="m1")


def record(
    pairs: Iterable[tuple[int, int | None]], *, meter: Meter = METER, known_at: int | None = None
) -> MeterRecord:
    """Return the record of a meter by instants and registers, each recorded as it was read."""
    versions = [
        Version(meter=meter.id, read_at=instant, register=register, recorded_at=instant, batch="a", row=row)
        for row, (instant, register) in enumerate(pairs)
    ]
    last = max((each.read_at for each in versions), default=0)
    return record_of(meter, versions, known_at=last if known_at is None else known_at, rules=RULES)


def hourly(litres: Sequence[int], *, begin: int = at(1), register: int = 0) -> list[tuple[int, int | None]]:
    """Return hourly readings by the litres of each hour."""
    pairs: list[tuple[int, int | None]] = [(begin, register)]
    for place, each in enumerate(litres, 1):
        register += each
        pairs.append((begin + place * HOUR, register))
    return pairs


def daily(litres: Sequence[int], *, register: int = 0) -> list[tuple[int, int | None]]:
    """Return readings at midnight by the litres of each day, from 1 May 2026."""
    pairs: list[tuple[int, int | None]] = [(at(1), register)]
    for place, each in enumerate(litres, 1):
        register += each
        pairs.append((at(1 + place), register))
    return pairs


def only(findings: Sequence[Finding]) -> Finding:
    """Return the single finding, after holding it against its sentences."""
    (one,) = findings
    told(findings)
    return one


def codes(findings: Iterable[Finding]) -> list[str]:
    """Return the codes without their room, after holding each finding against its sentences."""
    return [each.code.removeprefix("metering.") for each in told(findings)]


def told(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings; fail where a sentence has a blank that no value fills."""
    kept = list(findings)
    for each in kept:
        assert each.evidence, each
        for language in ("zh", "en"):
            sentence = sentence_of(each.code, dict(each.values), language=language)
            assert "…" not in sentence.says + sentence.remedy, sentence
            assert sentence.remedy, sentence
    return kept
