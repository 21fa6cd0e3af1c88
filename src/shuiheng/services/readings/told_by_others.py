"""What other batches tell of a meter at an instant: it holds again when a batch gives the instant back."""

from __future__ import annotations

from django.db.models import Q

from shuiheng.adapters.engines.columnar import Reader
from shuiheng.adapters.records.models import LedgerBatch
from shuiheng.services.readings.batch_names import batch_of_name

GONE = ("undoing", "undone")


def told_by_others(reader: Reader, meter: int, read_at: int, *, own: Q) -> int | None:
    """Return the litres that others told of a meter at an instant last; None where nobody else tells any.

    A batch that was undone tells nothing.

    Args:
        reader: A generation of the store.
        meter: Key of the meter.
        read_at: The instant.
        own: The batches that are no others, as a filter of `LedgerBatch`.
    """
    rows = reader.readings(meter, read_at - 1, read_at, with_versions=True).to_pylist()
    named = [(row["register"], batch_of_name(row["batch"])) for row in rows]
    keys = {found[0] for _, found in named if found is not None}
    silent = set(
        LedgerBatch.objects.filter(own | Q(state__in=GONE), pk__in=keys).values_list("pk", flat=True)
    )
    told = [litres for litres, found in named if found is None or found[0] not in silent]
    return told[-1] if told else None
