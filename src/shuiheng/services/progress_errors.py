"""What can be wrong with a step of progress; the sentences stand in rulebook/findings/progress.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shuiheng.services.errors import ServiceError


class StepRefusedError(ServiceError):
    """The report is not in a state in which this can be done."""

    def __init__(self, *, action: str, state: str) -> None:
        super().__init__("progress.step_refused", action=action, state=state)


class StaleProgressError(ServiceError):
    """Somebody else changed the report meanwhile.

    Args:
        revision: The revision that stands now.
        content: What stands now, in the form of `progress_content.content_json`.
        by: Who wrote it.
        at: When, as printed.
    """

    def __init__(self, *, revision: int, content: Mapping[str, Any], by: str, at: str) -> None:
        super().__init__("progress.changed_meanwhile", by=by, at=at)
        self.revision = revision
        self.content = content


class OwnWorkError(ServiceError):
    """Somebody would review what they filed or submitted themselves."""

    def __init__(self) -> None:
        super().__init__("progress.own_work")


class ReasonNeededError(ServiceError):
    """The step needs a reason in words."""

    def __init__(self) -> None:
        super().__init__("progress.reason_needed")


class PeriodFrozenError(ServiceError):
    """The period is frozen, and this report was not reopened."""

    def __init__(self) -> None:
        super().__init__("progress.period_frozen")


class FieldRefusedError(ServiceError):
    """A field of a form holds what it cannot hold.

    Args:
        code: Code of the sentence.
        field: Name of the field, for the page to mark.
    """

    def __init__(self, code: str, /, *, field: str, **values: str) -> None:
        super().__init__(code, field=field, **values)
        self.field = field
