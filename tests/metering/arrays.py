"""Meters with events as arrays, for the tests of the kernels."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from shuiheng.metering.kernels import Blocks, Rows
from shuiheng.metering.model import Block, IntervalRules, Meter, Reading
from shuiheng.metering.rule_arrays import Registers, RuleArrays, rule_arrays

RULES = IntervalRules(tolerance_litres=2, top_share=Fraction(9, 10), bottom_share=Fraction(1, 10))


def arrays_of(meters: list[Meter]) -> RuleArrays:
    """Return the arrays of meters by their place in a list."""
    flows = [each.register.greatest_flow_l_h for each in meters]
    registers = Registers(
        modulus=np.array([each.register.modulus_litres or 0 for each in meters], np.int64),
        multiplier=np.array([each.register.multiplier for each in meters], np.int64),
        greatest_flow=np.array([-1 if flow is None else flow for flow in flows], np.int64),
    )
    return rule_arrays(registers, RULES, meters=dict(enumerate(meters)))


def rows_of(readings: dict[int, list[Reading]]) -> Rows:
    """Return readings by meter as rows in order."""
    rows = [(meter, each.read_at, each.register) for meter in sorted(readings) for each in readings[meter]]
    meter, read_at, register = np.array(rows, np.int64).reshape(-1, 3).T
    return Rows(meter=meter, read_at=read_at, register=register)


def as_block(blocks: Blocks, place: int) -> Block:
    """Return one element of block arrays as the core's block."""
    value = {name: int(column[place]) for name, column in blocks.items()}
    if not value["n"]:
        return Block()
    return Block(
        n=value["n"],
        first=Reading(read_at=value["first_at"], register=value["first"]),
        last=Reading(read_at=value["last_at"], register=value["last"]),
        known_litres=value["known"],
        unknown=value["unknown"],
        unknown_seconds=value["unknown_seconds"],
        spliced=value["spliced"],
        rolled=value["rolled"],
        longest_gap_seconds=value["gap"],
    )
