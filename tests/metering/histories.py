"""Random histories of a meter, with the truth that they were made from."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

from shuiheng.metering.model import (
    EventKind,
    IntervalRules,
    Meter,
    MeterEvent,
    Reading,
    Register,
    Version,
    register_of,
)

RULES = IntervalRules(tolerance_litres=10, top_share=Fraction(9, 10), bottom_share=Fraction(1, 10))
MAY = 1_777_564_800
"""2026-05-01 00:00 in Shanghai."""
HOUR, DAY = 3600, 86400


@dataclass(frozen=True, kw_only=True)
class History:
    """A meter, the readings that hold, the water that truly passed, and versions that tell all this."""

    meter: Meter
    readings: tuple[Reading, ...]
    passed: tuple[int | None, ...]
    versions: tuple[Version, ...]


def at(day: int, hour: int = 0, minute: int = 0) -> int:
    """Return an instant of May 2026 and later, local time."""
    return MAY + (day - 1) * DAY + hour * HOUR + minute * 60


def reading(day: int, register: int, hour: int = 0) -> Reading:
    """Return a reading of May 2026."""
    return Reading(read_at=at(day, hour), register=register)


def version(day: int, register: int | None, *, recorded: int = 0, batch: str = "a", row: int = 0) -> Version:
    """Return a version of a reading of May 2026."""
    return Version(meter="m1", read_at=at(day), register=register, recorded_at=recorded, batch=batch, row=row)


class _Walk:
    """A meter that runs: water passes, the register turns, is swapped or set back."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.register = self._register()
        self.first = self.register
        modulus = self.register.modulus_litres or 0
        self.shown = rng.randrange(rng.choice([0, 9 * modulus // 10]), modulus)
        self.shown -= self.shown % self.register.step_litres
        self.now = MAY + rng.randrange(0, 40 * DAY)
        self.events: list[MeterEvent] = []
        self.water: int | None = 0

    def _register(self) -> Register:
        return register_of(
            digits=self.rng.choice([5, 6, 8]),
            step_litres=self.rng.choice([1, 1, 10]),
            multiplier=self.rng.choice([1, 1, 1, 10]),
            greatest_flow_l_h=10**7,
        )

    def run(self) -> None:
        """Let time and less water than a tenth of the modulus pass."""
        seconds = self.rng.choice([900, HOUR, HOUR, DAY, 33 * DAY, self.rng.randrange(1, 10**6)])
        self.now += seconds
        modulus = self.register.modulus_litres or 0
        turned = self.rng.choice([0, self.rng.randrange(1 + modulus // 25)])
        turned -= turned % self.register.step_litres
        most = (self.register.greatest_flow_l_h or 0) * seconds // HOUR // self.register.multiplier
        turned = min(turned, most // self.register.step_litres * self.register.step_litres)
        if self.shown + turned >= modulus and not 9 * modulus <= 10 * self.shown:
            turned = 0
        self.shown = (self.shown + turned) % modulus
        if self.water is not None:
            self.water += turned * self.register.multiplier

    def break_off(self) -> None:
        """Swap the meter or set its register back; now and then nobody writes down the last figure."""
        kind = self.rng.choice([EventKind.SWAP, EventKind.RESET])
        final = self.shown if self.rng.random() < 0.8 else None
        self.register = self._register() if kind is EventKind.SWAP else self.register
        start = self.rng.randrange(50) * self.register.step_litres
        self.shown = start
        if final is None:
            self.water = None
        self.events.append(
            MeterEvent(
                at=self.now,
                kind=kind,
                final=final,
                start=start,
                register=self.register if kind is EventKind.SWAP else None,
                sequence=len(self.events),
            )
        )


def history(seed: int, *, length: int = 40) -> History:
    """Return a random history: swaps, resets, rollovers, gaps, repeats, corrections, withdrawals."""
    rng = random.Random(seed)  # noqa: S311  no secrets
    walk = _Walk(rng)
    readings = [Reading(read_at=walk.now, register=walk.shown)]
    passed: list[int | None] = []
    for _ in range(rng.randrange(length)):
        walk.run()
        while rng.random() < 0.12:
            walk.break_off()
            walk.run()
        readings.append(Reading(read_at=walk.now, register=walk.shown))
        passed.append(walk.water)
        walk.water = 0
    meter = Meter(id="m1", register=walk.first, events=tuple(walk.events))
    return History(
        meter=meter,
        readings=tuple(readings),
        passed=tuple(passed),
        versions=_versions(rng, tuple(readings)),
    )


def _versions(rng: random.Random, readings: tuple[Reading, ...]) -> tuple[Version, ...]:
    """Return versions of which the last of each instant is true, and some instants that are withdrawn."""
    made = []
    for row, each in enumerate(readings):
        truth = [each.register]
        while rng.random() < 0.2:
            truth.insert(0, rng.choice([None, rng.randrange(10**6)]))  # type: ignore[arg-type]
        for turn, register in enumerate(truth):
            made.append(
                Version(
                    meter="m1",
                    read_at=each.read_at,
                    register=register,
                    recorded_at=each.read_at + turn // 2,
                    batch=f"b{turn}",
                    row=row,
                )
            )
    taken = {each.read_at for each in readings}
    for row in range(rng.randrange(4)):
        instant = rng.randrange(MAY, MAY + 90 * DAY)
        if instant in taken:
            continue
        wrong = Version(meter="m1", read_at=instant, register=5, recorded_at=instant, batch="w", row=row)
        gone = Version(meter="m1", read_at=instant, register=None, recorded_at=instant, batch="x", row=row)
        made += [wrong, gone]
    return tuple(made)
