"""What the core refuses, said as errors of services, with the names that people know."""

from __future__ import annotations

from shuiheng.allowances.errors import AllowanceError
from shuiheng.services.errors import ServiceError

NAMED = ("account", "entry", "subject")


def refused(error: AllowanceError, name: str = "") -> ServiceError:
    """Return what the core refuses as an error of a service.

    Args:
        error: What the core says.
        name: What stands for the account or entry in the sentence; its key unless given.
    """
    held = vars(error)
    told = held.get("told", {})
    said = {key: _words(value) for key, value in held.items() if key not in ("told", "code")} | told
    if name:
        said |= {key: name for key in NAMED if key in said}
    return ServiceError(error.code, **said)


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
