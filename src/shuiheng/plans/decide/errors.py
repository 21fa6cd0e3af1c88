"""What can be wrong with a decision: one class for each cause."""

from __future__ import annotations

from typing import ClassVar


class InvalidChangeError(ValueError):
    """A decision asks for a change that cannot be made.

    Args:
        field: The field it wants to change, for example `deadline`.
        reason: What is wrong with it.
        remedy: What to do instead.
    """

    code: ClassVar[str] = "decisions.invalid_change"

    def __init__(self, field: str, reason: str, remedy: str) -> None:
        super().__init__(f"{self.code}: {field}: {reason}. {remedy}")
        self.field = field
        self.reason = reason
        self.remedy = remedy


class UnknownFieldError(InvalidChangeError):
    """Items of this sort have no such field."""

    code = "decisions.change_of_unknown_field"


class WrongFormError(InvalidChangeError):
    """The value does not have the form that the field needs."""

    code = "decisions.change_has_wrong_form"


class MissingFieldError(InvalidChangeError):
    """A field that the item needs is empty."""

    code = "decisions.change_lacks_field"


class KindAndValueError(InvalidChangeError):
    """A milestone with a value, or another target without one."""

    code = "decisions.change_of_kind_without_value"


class RangeBoundsError(InvalidChangeError):
    """The two values of a range do not fit each other or the comparison."""

    code = "decisions.change_breaks_range"


class OwnShareError(InvalidChangeError):
    """A share would be its own total, directly or through others."""

    code = "decisions.change_makes_own_share"


class UnfitReferenceError(InvalidChangeError):
    """The other item that a field names is of the wrong sort."""

    code = "decisions.change_names_unfit_item"


class TooFewPartsError(InvalidChangeError):
    """An item is split into fewer than two parts."""

    code = "decisions.change_has_too_few_parts"
