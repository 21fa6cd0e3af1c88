"""What groups of meters used on each day, from the store of readings (抄见水量)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from shuiheng.adapters.records.queries_use import Grouping, Key, members_of
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.comparison import comparison
from shuiheng.adapters.rulebook.industries import industries
from shuiheng.services.errors import ServiceError
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.use.use_totals import UseQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class DayUse:
    """Water of a group on a day.

    Args:
        litres: What its meters were read to have measured; None when no meter tells anything.
        told: How many of its meters tell something.
        meters: How many it has.
    """

    litres: int | None
    told: int
    meters: int


def use_by_day(seen: Sight, asked: UseQuestion) -> Mapping[tuple[Key, date], DayUse]:
    """Return what every group used on each day on which any meter of it was read.

    An interval counts on the day on which it ends, so that days of rarely read meters are nothing and
    then much; months and years are spread, days are as read. The meters are those of the last month.

    Args:
        seen: What the reader may see.
        asked: The question; `first` and `last` are days.

    Raises:
        ServiceError: `use.too_many_days`, it asks for more than one question may look at.
    """
    bounds = comparison()
    days = (asked.last - asked.first).days + 1
    members = members_of(seen, asked.by, asked.last.replace(day=1), asked.wanted)
    if days > bounds.longest_days or days * len(members) > bounds.most_meter_days:
        raise ServiceError("use.too_many_days", days=str(bounds.longest_days), meters=str(len(members)))
    if not members:
        return {}
    with reading_store().snapshot() as reader:
        table = reader.days(sorted(set(reader.meters().to_pylist()) & set(members)), asked.first, asked.last)
    return _grouped(table, _sections(asked.by, members))


def _sections(by: Grouping, members: Mapping[int, tuple[Key, int]]) -> Mapping[int, tuple[Key, int]]:
    if by is not Grouping.SECTION:
        return members
    known = industries().section_of
    return {meter: (known.get(str(key)), sign) for meter, (key, sign) in members.items()}


def _grouped(table: pa.Table, members: Mapping[int, tuple[Key, int]]) -> Mapping[tuple[Key, date], DayUse]:
    """Add the rows of the store up by group, a million of them in the engine and not in Python."""
    sizes: dict[Key, int] = defaultdict(int)
    groups: list[Key] = list(dict.fromkeys(key for key, _ in members.values()))
    place = {key: number for number, key in enumerate(groups)}
    for key, _ in members.values():
        sizes[key] += 1
    lookup = pa.table(
        {
            "meter": pa.array(list(members), pa.int64()),
            "group": pa.array([place[key] for key, _ in members.values()], pa.int64()),
            "sign": pa.array([sign for _, sign in members.values()], pa.int64()),
        }
    )
    rows = table.select(["meter", "day", "litres"]).join(lookup, "meter", join_type="inner")
    signed = pc.multiply(rows["litres"], rows["sign"])
    rows = rows.append_column("signed", signed)
    sums = rows.group_by(["group", "day"]).aggregate([("signed", "sum"), ("signed", "count")])
    found: dict[tuple[Key, date], DayUse] = {}
    for row in sums.to_pylist():
        key = groups[row["group"]]
        told = row["signed_count"]
        found[key, row["day"]] = DayUse(
            litres=row["signed_sum"] if told else None, told=told, meters=sizes[key]
        )
    return found
