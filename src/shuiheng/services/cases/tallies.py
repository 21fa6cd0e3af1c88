"""From when to when the cases of a city count, read from what is kept beside each of them (统计口径)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from shuiheng.adapters.records.models import Place, ProgrammeCase
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.tally import CaseTally
from shuiheng.services.cases.kept_tally import read_tally

AT_ONCE = 2000


def tallies_of(
    place: Place, kinds: Mapping[str, ProgrammeKind], wanted: Collection[str]
) -> Mapping[str, Sequence[CaseTally]]:
    """Return the tallies of all cases of some kinds in a city, by kind, in one query.

    A case opened under an older version of its kind counts nothing by a count that this version did not
    have.

    Args:
        place: The city.
        kinds: Kinds as they stand.
        wanted: Ids of the kinds that are asked for.
    """
    found: dict[str, list[CaseTally]] = {kind: [] for kind in wanted if kind in kinds}
    rows = ProgrammeCase.objects.filter(place=place, kind__in=list(found)).order_by("pk")
    columns = ("pk", "kind", "subject_key", "district_id", "tally")
    for key, kind, subject, district, tally in rows.values_list(*columns).iterator(chunk_size=AT_ONCE):
        read = read_tally(tally, case=str(key), subject=subject, district=str(district))
        found[kind].append(_with_counts(read, kinds[kind]))
    return found


def _with_counts(tally: CaseTally, kind: ProgrammeKind) -> CaseTally:
    missing = {rule.id: () for rule in kind.counts if rule.id not in tally.spans}
    return replace(tally, spans={**tally.spans, **missing}) if missing else tally
