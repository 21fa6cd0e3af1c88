"""Why a container was refused: one cause for each rule, with the values that its sentence names."""

from __future__ import annotations


class ContainerRefused(ValueError):  # noqa: N818 - a refusal is an answer to the sender, no fault of ours
    """A file breaks a rule that holds whatever it is read for.

    Args:
        cause: The rule, for example `bomb`; with a room before it, it is a code of the rulebook.
        values: Names and values for the blanks of the sentence.
    """

    def __init__(self, cause: str, **values: str) -> None:
        named = ", ".join(f"{name}={value}" for name, value in values.items())
        super().__init__(f"{cause}: {named}" if named else cause)
        self.cause = cause
        self.values = values


class ChildFailed(ContainerRefused):
    """A process that looked at the file died, took too long or said too much."""
