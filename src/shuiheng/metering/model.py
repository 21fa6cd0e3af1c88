"""Nouns of metering: registers, versions, readings, events, intervals, blocks, volumes.

Instants are whole seconds of UTC, amounts are whole litres. Every definition stands in
docs/decisions/0010-readings-and-volumes.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from shuiheng.metering.errors import BadRegisterError

HOURS_OF_WEEK = 168
MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The counter of a meter (计数器). `register_of` makes a checked one.

    Args:
        modulus_litres: Where it starts again at zero, in litres shown; None when not known.
        step_litres: Litres that the last digit stands for.
        multiplier: Litres of water per litre shown (pulse constant, transformer ratio).
        greatest_flow_l_h: Most water that can pass in an hour (overload flow Q4); None when not known.
    """

    modulus_litres: int | None = None
    step_litres: int = 1
    multiplier: int = 1
    greatest_flow_l_h: int | None = None


def register_of(
    *,
    digits: int | None = None,
    step_litres: int = 1,
    multiplier: int = 1,
    greatest_flow_l_h: int | None = None,
) -> Register:
    """Return a register by the digits that it shows, the last of which stands for `step_litres`.

    Raises:
        BadRegisterError: A number is below 1.
    """
    numbers = {
        "digits": digits,
        "step_litres": step_litres,
        "multiplier": multiplier,
        "greatest_flow_l_h": greatest_flow_l_h,
    }
    for name, number in numbers.items():
        if number is not None and number < 1:
            raise BadRegisterError(f"{name} is {number}", "Give a whole number from 1, or leave it out.")
    return Register(
        modulus_litres=None if digits is None else 10**digits * step_litres,
        step_litres=step_litres,
        multiplier=multiplier,
        greatest_flow_l_h=greatest_flow_l_h,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One row of evidence about a register at an instant (读数版本).

    Args:
        meter: Id of the meter.
        read_at: Instant of the reading.
        register: Litres that the register showed; None withdraws what was known of this instant.
        recorded_at: Instant at which it was taken in.
        batch: Batch that brought it.
        row: Its row in the batch.
    """

    meter: str
    read_at: int
    register: int | None
    recorded_at: int
    batch: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a register showed at an instant, by the version that holds (读数)."""

    read_at: int
    register: int


class EventKind(StrEnum):
    """What happened to a meter."""

    INSTALL = "install"
    SWAP = "swap"
    RESET = "reset"
    REMOVE = "remove"
    SEAL = "seal"
    VERIFICATION = "verification"


BREAKING = frozenset({EventKind.INSTALL, EventKind.SWAP, EventKind.RESET, EventKind.REMOVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterEvent:
    """Something that happened to a meter (水表事件).

    Args:
        at: Instant. A reading at the very instant is of the register behind the event.
        kind: What happened.
        final: Last litres of the old register, None when nobody wrote them down.
        start: First litres of the new register, None when nobody wrote them down.
        register: The register from then on; None when it is of the same make as before.
        sequence: Order among events of one instant.
    """

    at: int
    kind: EventKind
    final: int | None = None
    start: int | None = None
    register: Register | None = None
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """A metering point with its registers over time (计量点).

    Args:
        id: Its id.
        register: The register that it began with.
        events: What happened to it, in any order.
        grid_seconds: Nominal time between two readings; None when it is read irregularly.
        kind: Sort of user (`household`, `industry`, ...), as the rules name it.
        nominal_mm: Nominal diameter DN.
        permanent_flow_l_h: Permanent flow Q3.
        flow_range: Ratio R of Q3 to Q1.
    """

    id: str
    register: Register = Register()
    events: tuple[MeterEvent, ...] = ()
    grid_seconds: int | None = None
    kind: str = ""
    nominal_mm: int | None = None
    permanent_flow_l_h: int | None = None
    flow_range: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalRules:
    """When a fall of a register is noise, and when a rollover.

    Args:
        tolerance_litres: A fall of no more than this is noise of the register.
        top_share: Share of the modulus from which a register may be about to roll over.
        bottom_share: Share of the modulus up to which it may just have rolled over.
    """

    tolerance_litres: int
    top_share: Fraction
    bottom_share: Fraction


class Basis(StrEnum):
    """How the volume of an interval was found."""

    MEASURED = "measured"
    SPLICED = "spliced"
    ROLLED_OVER = "rolled_over"
    FELL = "fell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What passed between two neighbouring readings of a meter (计量区间).

    Args:
        start: The earlier reading.
        end: The later reading.
        volume_litres: Litres of water; None when they cannot be known. None is not zero.
        basis: How they were found.
    """

    start: Reading
    end: Reading
    volume_litres: int | None
    basis: Basis

    @property
    def seconds(self) -> int:
        """Time between the two readings."""
        return self.end.read_at - self.start.read_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The state of a meter over a run of its readings (汇总块). The empty one has no readings.

    Args:
        n: Readings.
        first: First reading, None in the empty block.
        last: Last reading, None in the empty block.
        known_litres: Sum of the volumes that are known between neighbours inside.
        unknown: Intervals inside without a volume.
        unknown_seconds: Time of those intervals.
        spliced: Intervals inside with a swap or reset.
        rolled: Intervals inside with a rollover.
        longest_gap_seconds: Longest time between neighbours inside.
    """

    n: int = 0
    first: Reading | None = None
    last: Reading | None = None
    known_litres: int = 0
    unknown: int = 0
    unknown_seconds: int = 0
    spliced: int = 0
    rolled: int = 0
    longest_gap_seconds: int = 0


class Method(StrEnum):
    """How readings are brought to a period."""

    AS_READ = "as_read"
    BY_TIME = "by_time"


class Rung(StrEnum):
    """How a missing volume was estimated, the best first."""

    LINEAR = "E1"
    SAME_HOURS = "E2"
    SAME_MONTH = "E3"
    THREE_MONTHS = "E4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How use lies over the hours of the week and the months of the year (用水曲线).

    The weight of an instant is that of its hour times that of its month, both local.

    Args:
        id: Name that is shown with every figure that rests on it.
        hours: 168 weights, from Monday 00:00.
        months: 12 weights, from January.
    """

    id: str
    hours: tuple[int, ...]
    months: tuple[int, ...] = (1,) * MONTHS_OF_YEAR


EVEN = Profile(id="even", hours=(1,) * HOURS_OF_WEEK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """What a meter passed in a period, and how well that is known (水量).

    Litres and seconds stand by the manner in which they are known; the seconds add up to
    the period. `measured` counts intervals that lie in the period and are no longer than
    the grid allows, `spread` parts of others, `estimated` what was filled on request.

    Args:
        start_at: Begin of the period, not part of it.
        end_at: End of the period, part of it.
        method: How readings were brought to the period.
        profiles: Ids of the profiles by which parts were spread, each once, sorted.
        rungs: Rungs of the estimates in it, sorted.
    """

    start_at: int
    end_at: int
    method: Method
    measured_litres: int = 0
    spread_litres: int = 0
    estimated_litres: int = 0
    measured_seconds: int = 0
    spread_seconds: int = 0
    estimated_seconds: int = 0
    missing_seconds: int = 0
    profiles: tuple[str, ...] = ()
    rungs: tuple[Rung, ...] = ()

    @property
    def litres(self) -> int | None:
        """All litres that are known or estimated; None when nothing is. None is not zero."""
        if not self.measured_seconds + self.spread_seconds + self.estimated_seconds:
            return None
        return self.measured_litres + self.spread_litres + self.estimated_litres

    @property
    def seconds(self) -> int:
        """Length of the period."""
        return self.end_at - self.start_at
