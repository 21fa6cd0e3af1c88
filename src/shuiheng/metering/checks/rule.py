"""The rules of the checks, as the rulebook gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from shuiheng.metering.errors import NoParameterError

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "V1": (),
    "V2": ("longest_daily_hours", "longest_intervals", "longest_irregular_days"),
    "V3": ("tolerance_litres",),
    "V4": ("top_share", "bottom_share"),
    "V5": ("least_nominal_mm",),
    "V6": (),
    "V7": ("household_days", "industry_days", "other_days", "history_days", "fewest_steps"),
    "V8": ("overload_ratio", "history_days", "fewest_days", "percentile_share", "times"),
    "V9": ("excess_share",),
    "V10": ("days",),
    "V11": ("steps", "difference_share"),
    "V12": ("check_share", "alarm_share", "most_missing_share"),
    "V13": ("most_times", "least_times"),
    "V14": ("future_minutes", "drift_seconds", "fewest_readings"),
    "V15": ("times",),
    "V16": ("window_days", "flow_share", "register_share", "fewest_litres"),
    "turned_back": ("new_meter_litres",),
    "working_hours": ("days", "weeks", "most_share"),
    "plateau": ("hours", "times", "window_days", "weeks", "hidden_share"),
    "sizing": ("overload_ratio", "small_flow_share", "fewest_records"),
}
"""The parameters of each rule. The rulebook must give these and no others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRule:
    """One rule by which readings are checked (校核规则).

    Args:
        id: `V1` to `V16`, or a word for those that the list of the field does not number.
        name: Name in `zh` and `en`.
        values: Its parameters, exact; units end their names.
    """

    id: str
    name: Mapping[str, str]
    values: Mapping[str, Fraction]

    def share(self, name: str) -> Fraction:
        """Return a parameter, exact.

        Raises:
            NoParameterError: The rule has none of this name.
        """
        if name not in self.values:
            raise NoParameterError(self.id, name)
        return self.values[name]

    def whole(self, name: str) -> int:
        """Return a parameter that is a whole number.

        Raises:
            NoParameterError: The rule has none of this name, or it is not whole.
        """
        value = self.share(name)
        if value.denominator != 1:
            raise NoParameterError(self.id, f"whole {name}")
        return value.numerator


CheckRules = Mapping[str, CheckRule]
"""The rules by id."""
