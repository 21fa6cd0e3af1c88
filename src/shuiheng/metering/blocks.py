"""Blocks: the state of a meter over a run of readings, joined in any grouping."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from shuiheng.metering.errors import OrderError
from shuiheng.metering.intervals import interval_between, intervals_of
from shuiheng.metering.model import Basis, Block, IntervalRules, Meter, Reading

EMPTY = Block()


def block_of(meter: Meter, readings: Sequence[Reading], rules: IntervalRules) -> Block:
    """Return the block of a run of readings of a meter, in order of time (汇总块).

    Raises:
        OrderError: Two readings are not in order of time.
    """
    if not readings:
        return EMPTY
    inside = intervals_of(meter, readings, rules)
    unknown = [each for each in inside if each.volume_litres is None]
    return Block(
        n=len(readings),
        first=readings[0],
        last=readings[-1],
        known_litres=sum(each.volume_litres or 0 for each in inside),
        unknown=len(unknown),
        unknown_seconds=sum(each.seconds for each in unknown),
        spliced=sum(each.basis is Basis.SPLICED for each in inside),
        rolled=sum(each.basis is Basis.ROLLED_OVER for each in inside),
        longest_gap_seconds=max((each.seconds for each in inside), default=0),
    )


def join(meter: Meter, left: Block, right: Block, *, rules: IntervalRules) -> Block:
    """Return the block of two neighbouring runs, with the interval between them.

    Joining is associative, and the empty block is its unit.

    Raises:
        OrderError: The right block does not lie behind the left one.
    """
    if left.last is None or left.first is None:
        return right
    if right.first is None or right.last is None:
        return left
    if right.first.read_at <= left.last.read_at:
        raise OrderError(left.last.read_at, right.first.read_at)
    between = interval_between(meter, left.last, right.first, rules=rules)
    is_unknown = between.volume_litres is None
    return Block(
        n=left.n + right.n,
        first=left.first,
        last=right.last,
        known_litres=left.known_litres + right.known_litres + (between.volume_litres or 0),
        unknown=left.unknown + right.unknown + is_unknown,
        unknown_seconds=left.unknown_seconds + right.unknown_seconds + is_unknown * between.seconds,
        spliced=left.spliced + right.spliced + (between.basis is Basis.SPLICED),
        rolled=left.rolled + right.rolled + (between.basis is Basis.ROLLED_OVER),
        longest_gap_seconds=max(left.longest_gap_seconds, right.longest_gap_seconds, between.seconds),
    )


def joined(meter: Meter, blocks: Iterable[Block], rules: IntervalRules) -> Block:
    """Return the block of neighbouring runs in order of time.

    Raises:
        OrderError: A block does not lie behind the one before.
    """
    return reduce(lambda left, right: join(meter, left, right, rules=rules), blocks, EMPTY)


def as_read_litres(meter: Meter, before: Block, block: Block, *, rules: IntervalRules) -> int | None:
    """Return the volume as read (抄见水量) of the period of `block`: what its readings closed.

    Args:
        meter: The meter.
        before: Any block that ends with the last reading before the period; the empty one when there is none.
        block: The block of the period.
        rules: When a register rolled over.

    Returns:
        Litres; None when no interval with a volume ends in the period.
    """
    whole = join(meter, before, block, rules=rules)
    ending = max(whole.n - 1, 0) - max(before.n - 1, 0)
    if ending == whole.unknown - before.unknown:
        return None
    return whole.known_litres - before.known_litres
