"""Why a workbook was not read; the sentences stand in `rulebook/findings/workbooks.yaml`."""

from __future__ import annotations

from functools import partial

from shuiheng.adapters.containers.errors import RefusalError, in_name_of


class WorkbookRefusedError(RefusalError):
    """A file was not read, for a reason that the sender can mend."""


class WorkbookNotReadError(WorkbookRefusedError):
    """The process that reads or marks a workbook died, ran out of its limits or answered nonsense."""


class TemplateFaultError(ValueError):
    """A template contradicts itself; the message says where. This is a fault of the program."""


in_own_name = partial(in_name_of, "workbooks", refused=WorkbookRefusedError, failed=WorkbookNotReadError)
