"""Worked cases (算例): an input under given rules with the result that somebody can redo by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shuiheng.rules.parameter import DatedValue, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedCase:
    """A case of law or of arithmetic with its result (算例).

    Args:
        id: Room, file and name, such as `charges/over_plan/weihai_three_bands`.
        kind: What is worked out; the tests of a room know which function that is.
        names: What the case shows, in `zh` and `en`.
        given: The input by name; numbers are exact.
        rules: The values of rules that hold in the case, by the part that they play.
        expected: The result by name.
        basis: Where the result comes from.
    """

    id: str
    kind: str
    names: Mapping[str, str]
    given: Mapping[str, Value]
    rules: Mapping[str, DatedValue]
    expected: Mapping[str, Value]
    basis: str
