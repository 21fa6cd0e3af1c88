"""Why a workbook was not read: one code for each cause, with the values that its sentence names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from shuiheng.adapters.containers.errors import ChildFailed, ContainerRefused


class WorkbookRefused(ValueError):  # noqa: N818 - a refusal is an answer to the sender, no fault of ours
    """A file was not read, for a reason that the sender can mend.

    The sentence and the remedy stand in `rulebook/findings/workbooks.yaml` under `code`.

    Args:
        code: Room and cause, for example `workbooks.macros`.
        values: Names and values for the blanks of the sentence.
    """

    def __init__(self, code: str, **values: str) -> None:
        named = ", ".join(f"{name}={value}" for name, value in values.items())
        super().__init__(f"{code}: {named}" if named else code)
        self.code = code
        self.values = values


class WorkbookNotRead(WorkbookRefused):
    """The process that reads or marks a workbook died, ran out of its limits or answered nonsense."""


class TemplateFaultError(ValueError):
    """A template contradicts itself; the message says where. This is a fault of the program."""


@contextmanager
def in_own_name() -> Iterator[None]:
    """Give the cause of a refused container the name of this room; also a decorator."""
    try:
        yield
    except ChildFailed as failed:
        raise WorkbookNotRead(f"workbooks.{failed.cause}", **failed.values) from None
    except ContainerRefused as refused:
        raise WorkbookRefused(f"workbooks.{refused.cause}", **refused.values) from None
