"""Water of twelve months by district and class for the public, with small cells withheld (用水情况公开表)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from shuiheng.adapters.records.entrance import last_day_of
from shuiheng.adapters.records.models import Account, Place, UserFact
from shuiheng.adapters.records.queries_use import Grouping, UseFilter, use_of_groups
from shuiheng.adapters.records.use_figures import Use
from shuiheng.indicators.reckoning import SumOfCells
from shuiheng.indicators.small_cells import SmallCellRule, TableCell, Withheld, withheld_cells
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

LITRES_IN_M3 = 1000
ALL = "*"
Json = dict[str, Any]
Group = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserGroup:
    """Of which district and class a user is, with its water.

    Args:
        group: Names of district and class; empty where it has none.
        use: Its water.
    """

    group: Group
    use: Use

    @property
    def key(self) -> str:
        """Return the key of its cell."""
        return _key(self.group)

    @property
    def litres(self) -> int | None:
        """Return how much it used, None while nothing is known of it."""
        return None if self.use.litres is None else max(self.use.litres, 0)


@dataclass(slots=True)
class _Cell:
    """What is known of the users of a district and class."""

    litres: list[int] = field(default_factory=list)
    unknown: int = 0
    use: Use = field(default_factory=Use)


def user_groups(account: Account, city: Place, months: Sequence[date]) -> Mapping[int, UserGroup]:
    """Return the users of a city with district, class and water of some months, by key.

    Args:
        account: Who drafts the table.
        city: The city.
        months: The months.
    """
    seen = sight(account, Action.READINGS_LOOK)
    used = use_of_groups(seen, Grouping.USER, months, UseFilter(city=city.pk))
    places = _places(city, last_day_of(months[-1]))
    return {
        user: UserGroup(group=places.get(user, ("", "")), use=use)
        for user, use in used.items()
        if isinstance(user, int)
    }


def public_use(
    users: Mapping[int, UserGroup], rule: SmallCellRule, *, earlier: Sequence[Json] = ()
) -> list[Json]:
    """Return the water of users by district and class, with sums; what is withheld has no value.

    Args:
        users: The users.
        rule: Which cells are withheld.
        earlier: The same table as it was published before: what it withheld stays withheld, and what it
            showed cannot protect anything any more.

    Returns:
        A row for each pair of district and class; `*` stands for all. No row while no meter tells anything,
        or where every cell would be withheld.
    """
    groups = _groups(users.values())
    if not any(each.litres for each in groups.values()):
        return []
    whole = _with_sums(groups)
    cells = {_key(group): _table_cell(cell) for group, cell in whole.items()}
    before, known = _told(earlier, cells, rule)
    withheld = withheld_cells(cells, _sums(groups), rule, before=before, known=known)
    if len(withheld) == len(cells):
        return []
    return [_row(group, cell, withheld.get(_key(group))) for group, cell in sorted(whole.items(), key=_order)]


def _groups(users: Iterable[UserGroup]) -> Mapping[Group, _Cell]:
    found: dict[Group, _Cell] = defaultdict(_Cell)
    for user in users:
        cell = found[user.group]
        cell.use = cell.use.joined(user.use)
        if user.litres is None:
            cell.unknown += 1
        else:
            cell.litres.append(user.litres)
    return found


def _places(city: Place, on: date) -> Mapping[int, Group]:
    """Return the district and class of each user of a city on a day, as they are believed now."""
    rows = UserFact.objects.filter(subject__city=city, superseded_at__isnull=True, valid_from__lte=on)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    found = rows.values_list("subject_id", "district__name", "use_class")
    return {user: (district or "", use_class) for user, district, use_class in found}


def _with_sums(groups: Mapping[Group, _Cell]) -> Mapping[Group, _Cell]:
    found: dict[Group, _Cell] = defaultdict(_Cell)
    for (district, use_class), cell in groups.items():
        for group in ((district, use_class), (district, ALL), (ALL, use_class), (ALL, ALL)):
            found[group].litres.extend(cell.litres)
            found[group].unknown += cell.unknown
            found[group].use = found[group].use.joined(cell.use)
    return found


def _sums(groups: Collection[Group]) -> list[SumOfCells]:
    districts = sorted({district for district, _ in groups})
    classes = sorted({use_class for _, use_class in groups})
    found = [
        SumOfCells(
            total=_key((each, ALL)),
            parts=tuple(_key((each, other)) for other in classes if (each, other) in groups),
        )
        for each in districts
    ]
    found += [
        SumOfCells(
            total=_key((ALL, each)),
            parts=tuple(_key((other, each)) for other in districts if (other, each) in groups),
        )
        for each in classes
    ]
    found.append(SumOfCells(total=_key((ALL, ALL)), parts=tuple(_key((each, ALL)) for each in districts)))
    found.append(SumOfCells(total=_key((ALL, ALL)), parts=tuple(_key((ALL, each)) for each in classes)))
    return found


def _told(
    earlier: Sequence[Json], cells: Mapping[str, TableCell], rule: SmallCellRule
) -> tuple[list[str], list[str]]:
    """Return the keys that were withheld before, and those whose value readers know already, or nearly."""
    before, known = [], []
    for row in earlier:
        key = _key((row["district"], row["use_class"]))
        if row["m3"] is None:
            before.append(key)
        elif key in cells and _is_near(Decimal(row["m3"]) * LITRES_IN_M3, cells[key].value, rule.nearness):
            known.append(key)
    return before, known


def _is_near(told: Decimal, value: Decimal, nearness: Decimal) -> bool:
    return abs(told - value) <= max(value * nearness, Decimal(LITRES_IN_M3))


def _table_cell(cell: _Cell) -> TableCell:
    """Return a cell for the rule; users of whom nothing is known do not hide the others."""
    return TableCell(
        value=Decimal(sum(cell.litres)),
        users=len(cell.litres),
        largest=Decimal(max(cell.litres, default=0)),
    )


def _row(group: Group, cell: _Cell, withheld: Withheld | None) -> Json:
    is_shown = withheld is None and bool(cell.litres)
    return {
        "district": group[0],
        "use_class": group[1],
        "m3": _m3(Decimal(sum(cell.litres))) if is_shown else None,
        "users": len(cell.litres) if is_shown else None,
        "users_unknown": cell.unknown if is_shown else None,
        "missing_share": _share(cell.use.missing_share) if is_shown else None,
        "withheld": withheld is not None,
    }


def _share(share: float | None) -> str | None:
    return None if share is None else f"{share:.3f}"


def _m3(litres: Decimal) -> str:
    return str((litres / LITRES_IN_M3).quantize(Decimal(1)))


def _key(group: Group) -> str:
    return f"{group[0]}|{group[1]}"


def _order(item: tuple[Group, _Cell]) -> tuple[bool, str, bool, str]:
    district, use_class = item[0]
    return district == ALL, district, use_class == ALL, use_class
