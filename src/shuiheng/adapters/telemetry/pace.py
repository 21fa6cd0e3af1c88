"""How long messages are gathered: a few go on at once, a steady flow in few batches."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRules:
    """When a batch goes to the sink.

    Each batch costs the store a file, so a steady flow is gathered longer than a burst after quiet.

    Args:
        count: At the latest with so many messages; not more than the window of the connection, for
            no more come before these are acknowledged.
        seconds: At the latest so long after its first message.
        slow_seconds: So long instead, once `quick_count` batches went after `seconds`; each such
            stretch of time gives one quick batch back.
        quick_count: How many quick batches may follow each other.
        first_wait_seconds: Wait before a sink that was not ready is asked again; doubled.
        longest_wait_seconds: Longest such wait.
    """

    count: int = 500
    seconds: float = 0.5
    slow_seconds: float = 0.0
    quick_count: int = 30
    first_wait_seconds: float = 0.5
    longest_wait_seconds: float = 30.0


class Pace:
    """Says for each batch how long it is gathered."""

    def __init__(self, rules: BatchRules) -> None:
        self._rules = rules
        self._left = float(rules.quick_count)
        self._asked_at: float | None = None

    def seconds(self, now: float) -> float:
        """Return how long the batch is gathered that begins now, by a clock that never goes back."""
        rules = self._rules
        if rules.slow_seconds <= rules.seconds:
            return rules.seconds
        if self._asked_at is not None:
            regained = (now - self._asked_at) / rules.slow_seconds
            self._left = min(self._left + regained, float(rules.quick_count))
        self._asked_at = now
        is_quick = self._left >= 1
        self._left -= 1  # a slow batch uses up what is regained while it is gathered
        return rules.seconds if is_quick else rules.slow_seconds
