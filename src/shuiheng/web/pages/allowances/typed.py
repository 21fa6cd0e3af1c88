"""What was typed into the forms of allowances, as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from django.http import HttpRequest

from shuiheng.services.allowances.keep_user_document import UploadedFile
from shuiheng.web.fields import FieldError, words_of

MONTHS, LONGEST = 12, 24
_NUMBER = re.compile(r"[+-]?(\d+)(\.\d{1,3})?")


def volume_of(posted: Mapping[str, str], name: str) -> Decimal | None:
    """Return the m³ of a field, or None when it is empty.

    Raises:
        FieldError: The words are no number of m³, with three decimals at most.
    """
    text = words_of(posted, name, limit=LONGEST).replace(",", "").replace("，", "")
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise FieldError(name, text)
    return Decimal(text)


def wanted_volume(posted: Mapping[str, str], name: str) -> Decimal:
    """Return the m³ of a field that must be filled.

    Raises:
        FieldError: It is empty or no number.
    """
    volume = volume_of(posted, name)
    if volume is None:
        raise FieldError(name, "")
    return volume


def month_volumes(posted: Mapping[str, str], name: str = "m") -> list[Decimal]:
    """Return the twelve fields of a name, `m1` to `m12`; an empty one is 0.

    Raises:
        FieldError: One is no number.
    """
    return [volume_of(posted, f"{name}{month}") or Decimal(0) for month in range(1, MONTHS + 1)]


def document_of(request: HttpRequest, name: str = "document") -> UploadedFile | None:
    """Return the file that was sent with a form, or None."""
    sent = request.FILES.get(name)
    return None if sent is None else UploadedFile(name=sent.name or "", content=sent.read())
