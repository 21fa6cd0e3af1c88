"""A place in a text, as two offsets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in one canonical text.

    Args:
        start: Offset of the first character, counted in Unicode code points from 0.
        end: Offset behind the last character, not below `start`.
    """

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """An empty span is a place too: `if span` asks only whether there is one."""
        return True

    def holds(self, other: Span) -> bool:
        """Return whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Return whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


def hull(spans: tuple[Span, ...]) -> Span | None:
    """Return the smallest span that holds all of `spans`, or None when there are none."""
    if not spans:
        return None
    return Span(min(span.start for span in spans), max(span.end for span in spans))
