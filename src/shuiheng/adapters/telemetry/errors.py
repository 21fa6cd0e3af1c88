"""What is wrong with something that a meter or a sender sent."""

from __future__ import annotations


class FrameError(ValueError):
    """Bytes are no frame, or a frame that holds no reading. No reader of frames raises anything else.

    Args:
        cause: The rule that is broken, for example `checksum`; with `telemetry.` before it, it is a
            code of the rulebook.
        offset: Where in the bytes, from 0.
        found: What stands there.
    """

    def __init__(self, cause: str, *, offset: int, found: str = "") -> None:
        super().__init__(f"telemetry.{cause}: at byte {offset}" + (f": {found}" if found else ""))
        self.cause = cause
        self.offset = offset
        self.found = found

    @property
    def values(self) -> dict[str, str]:
        """What fills the blanks of its sentence."""
        return {"found": self.found[:200], "offset": str(self.offset)}


class PayloadError(ValueError):
    """A message on a topic cannot be read.

    Args:
        cause: The rule that is broken; with `telemetry.` before it, it is a code of the rulebook.
        found: What stands there.
    """

    def __init__(self, cause: str, *, found: str = "") -> None:
        super().__init__(f"telemetry.{cause}" + (f": {found[:200]}" if found else ""))
        self.cause = cause
        self.found = found[:200]

    @property
    def values(self) -> dict[str, str]:
        """What fills the blanks of its sentence."""
        return {"found": self.found}


class SinkNotReadyError(Exception):
    """A sink could not make a batch durable now; the same batch is offered again later."""
