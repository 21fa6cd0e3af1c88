"""What can be wrong with a call to the metering room."""

from __future__ import annotations


class BadRegisterError(ValueError):
    """A register is described in a way that no register has.

    Args:
        reason: What is wrong.
        remedy: What to give instead.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"metering.bad_register: {reason}. {remedy}")
        self.reason = reason
        self.remedy = remedy


class RowsClashError(ValueError):
    """Two rows of evidence have the same place in a batch and say different things.

    Args:
        meter: Meter of both.
        batch: Batch of both.
        row: Row of both.
    """

    def __init__(self, meter: str, batch: str, row: int) -> None:
        super().__init__(
            f"metering.rows_clash: meter {meter} has two registers in row {row} of batch {batch}. "
            "A row is written once; give the other one a batch of its own."
        )
        self.meter = meter
        self.batch = batch
        self.row = row


class OrderError(ValueError):
    """Readings or blocks are not in order of time, or overlap.

    Args:
        before_at: Last instant of what should come first.
        after_at: First instant of what should come behind it.
    """

    def __init__(self, before_at: int, after_at: int) -> None:
        super().__init__(
            f"metering.not_in_order: what begins at {after_at} follows what ends at {before_at}. "
            "Give the readings of one meter in order of time, each instant once."
        )
        self.before_at = before_at
        self.after_at = after_at


class BadProfileError(ValueError):
    """A profile of weights cannot be used.

    Args:
        profile: Its id.
        reason: What is wrong.
    """

    def __init__(self, profile: str, reason: str) -> None:
        super().__init__(
            f"metering.bad_profile: {profile}: {reason}. "
            "Give 168 weights of the week and 12 of the year, whole numbers from 0, not all zero."
        )
        self.profile = profile
        self.reason = reason


class NoParameterError(KeyError):
    """A check asks for a parameter that its rule does not have.

    Args:
        rule: Id of the rule (`V7`).
        name: Name of the parameter.
    """

    def __init__(self, rule: str, name: str) -> None:
        super().__init__(
            f"metering.no_parameter: rule {rule} has no `{name}`. Add it to rulebook/metering/checks.yaml."
        )
        self.rule = rule
        self.name = name
