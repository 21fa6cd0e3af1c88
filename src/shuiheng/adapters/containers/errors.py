"""Why a foreign file was not taken: one code for each cause, with the values that its sentence names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class RefusalError(ValueError):
    """A file was not taken, for a reason that the sender can mend.

    Args:
        code: Room and cause, for example `documents.encrypted`; its sentence and remedy stand in
            the rulebook, under `findings`.
        values: Names and values for the blanks of the sentence.
    """

    def __init__(self, code: str, **values: str) -> None:
        named = ", ".join(f"{name}={value}" for name, value in values.items())
        super().__init__(f"{code}: {named}" if named else code)
        self.code = code
        self.values = values


class ContainerRefusedError(RefusalError):
    """A file breaks a rule that holds whatever it is read for; `in_name_of` says for what it was read."""

    @property
    def cause(self) -> str:
        """The rule, for example `bomb`: a code to which the room is still to be added."""
        return self.code


class ChildFailedError(ContainerRefusedError):
    """A process that looked at the file died, took too long or said too much."""


@contextmanager
def in_name_of(room: str, *, refused: type[RefusalError], failed: type[RefusalError]) -> Iterator[None]:
    """Give the cause of a refused container the name of the room that reads it; also a decorator.

    Args:
        room: Room of the rulebook's codes, for example `documents`.
        refused: What the room raises for a refused file.
        failed: What it raises when the child failed.
    """
    try:
        yield
    except ChildFailedError as found:
        raise failed(f"{room}.{found.cause}", **found.values) from None
    except ContainerRefusedError as found:
        raise refused(f"{room}.{found.cause}", **found.values) from None
