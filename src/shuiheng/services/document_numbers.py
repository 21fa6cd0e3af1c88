"""Numbers of documents (发文字号): one after another in a year, without gaps."""

from __future__ import annotations

from collections.abc import Sequence

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
    return next_numbers(place, mark, year, count=1)[0]


def next_numbers(place: Place, mark: str, year: int, *, count: int) -> Sequence[DocumentNumber]:
    """Return the next numbers under a mark, for many documents in one run; call it as `next_number`.

    Raises:
        ServiceError: `services.mark_form`.
    """
    plain = mark.strip()
    if not plain or len(plain) > LONGEST_MARK or not plain.isalpha():
        raise ServiceError("services.mark_form", mark=mark[:40])
    NumberSeries.objects.get_or_create(place=place, mark=plain, year=year)
    series = NumberSeries.objects.select_for_update().get(place=place, mark=plain, year=year)
    first = series.last + 1
    series.last += count
    series.save(update_fields=["last"])
    return [DocumentNumber(plain, year, number) for number in range(first, first + count)]
