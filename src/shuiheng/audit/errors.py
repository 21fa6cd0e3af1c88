"""What can be wrong with a call of the event log."""

from __future__ import annotations


class NotCanonicalError(ValueError):
    """A value has no canonical form, so nothing that holds it can be hashed.

    Args:
        place: Where in the value, for example `after.volume_m3`.
        reason: What is wrong there.
    """

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(
            f"audit.not_canonical: {place}: {reason}. "
            "Give figures as Decimal or int, instants with their zone, names as text."
        )
        self.place = place
        self.reason = reason


class UnknownAlgorithmError(ValueError):
    """A digest that this installation cannot compute, or that is not one of the two allowed.

    Args:
        algorithm: The id that was asked for.
    """

    def __init__(self, algorithm: str) -> None:
        super().__init__(
            f"audit.unknown_algorithm: there is no digest {algorithm!r} here. "
            "Use sha256, or sm3 where the cryptographic library of the machine has it."
        )
        self.algorithm = algorithm


class EmptyTreeError(ValueError):
    """There is nothing to seal."""

    def __init__(self) -> None:
        super().__init__("audit.empty_tree: a seal holds at least one event. Wait until there is one.")


class NoSuchLeafError(IndexError):
    """A proof was asked for a place that the seal does not have.

    Args:
        index: Place that was asked for, counted from 0.
        count: Number of events in the seal.
    """

    def __init__(self, index: int, *, count: int) -> None:
        super().__init__(f"audit.no_such_leaf: the seal has places 0 to {count - 1}, not {index}.")
        self.index = index
        self.count = count


class NotALogError(ValueError):
    """A file or a line is not of the form of an exported log.

    Args:
        line: Number of the line, counted from 1.
        reason: What is wrong there.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"audit.not_a_log: line {line}: {reason}.")
        self.line = line
        self.reason = reason
