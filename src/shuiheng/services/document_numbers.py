"""Numbers of documents (发文字号): one after another in a year, without gaps."""

from __future__ import annotations

from shuiheng.adapters.records.models import NumberSeries, Place
from shuiheng.reports import DocumentNumber
from shuiheng.services.errors import ServiceError

LONGEST_MARK = 20


def next_number(place: Place, mark: str, year: int) -> DocumentNumber:
    """Return the next number under a mark; call it inside the transaction that uses it.

    When that transaction fails, the number was not given.

    Raises:
        ServiceError: `services.mark_form`, the mark is empty, too long or holds digits or brackets.
    """
    plain = mark.strip()
    if not plain or len(plain) > LONGEST_MARK or not plain.isalpha():
        raise ServiceError("services.mark_form", mark=mark[:40])
    NumberSeries.objects.get_or_create(place=place, mark=plain, year=year)
    series = NumberSeries.objects.select_for_update().get(place=place, mark=plain, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return DocumentNumber(plain, year, series.last)
