"""Words with their place: a text without white space that remembers where each character stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shuiheng.kernel import Span


@dataclass(frozen=True, slots=True)
class Wording:
    """A squeezed text and, for each of its characters, the offset in the canonical text.

    Chinese documents break words over lines and pages at any place, so rules look at
    text without white space. A Wording lets them answer with a place in the document.

    Args:
        text: The words without any white space.
        offsets: One offset in the canonical text for each character of `text`.
    """

    text: str
    offsets: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.text)

    def part(self, start: int, end: int) -> Wording:
        """Return the characters from `start` up to `end` as a wording of their own."""
        return Wording(self.text[start:end], self.offsets[start:end])

    def span_of(self, start: int, end: int) -> Span:
        """Return where the characters from `start` up to `end` stand in the document.

        Raises:
            ValueError: The range is empty, so it stands nowhere.
        """
        if not 0 <= start < end <= len(self.offsets):
            raise ValueError(f"no characters at {start}:{end} of a wording of {len(self.offsets)}")
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    @property
    def span(self) -> Span | None:
        """The place of the whole wording, or None when it is empty."""
        return self.span_of(0, len(self.text)) if self.text else None


EMPTY_WORDING = Wording("", ())


def squeeze(text: str, *, start: int = 0) -> Wording:
    """Return `text` without white space, its first character standing at offset `start`."""
    kept = [(index, char) for index, char in enumerate(text, start) if not char.isspace()]
    return Wording("".join(char for _, char in kept), tuple(index for index, _ in kept))


def joined(wordings: Iterable[Wording]) -> Wording:
    """Return the wordings one after the other as one."""
    parts = list(wordings)
    return Wording("".join(part.text for part in parts), tuple(o for part in parts for o in part.offsets))
