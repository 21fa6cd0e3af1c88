"""What is wrong with a call that brings readings, as a whole."""

from __future__ import annotations

from shuiheng.services.errors import ServiceError


class CallTooLargeError(ServiceError):
    """A call holds more bytes or more readings than one may.

    Args:
        code: `readings.call_too_large` or `readings.call_too_long`.
        limit: How much it may hold.
    """

    def __init__(self, code: str, *, limit: int) -> None:
        super().__init__(code, limit=str(limit))


class CallFormError(ServiceError):
    """A call comes in a form that is not taken, such as a packed one.

    Args:
        form: What it says that it is.
    """

    def __init__(self, form: str) -> None:
        super().__init__("readings.call_form", form=form[:60])


class KeeperWaitsError(ServiceError):
    """So many batches of a keeper wait to be worked off that no more are taken now.

    Args:
        count: How many wait.
    """

    def __init__(self, *, count: int) -> None:
        super().__init__("readings.keeper_waits", count=str(count))
