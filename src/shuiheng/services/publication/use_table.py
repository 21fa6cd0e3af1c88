"""The table of use of an edition, held against all that readers have already (用水情况公开表).

Readers keep what was published. So the months never overlap with others, what was withheld stays so, and a
table of the same months is told anew only where the two together tell nothing of a single user. Else the
one that stands is told again as it was; where that was withdrawn, none is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import Account, EditionState, Place, PublicEdition
from shuiheng.indicators.small_cells import SmallCellRule
from shuiheng.indicators.told_tables import UserPart, is_change_hidden
from shuiheng.services.publication.edition_terms import small_cell_rule
from shuiheng.services.publication.public_months import public_months
from shuiheng.services.publication.public_use import Json, public_use, user_groups

ONCE_PUBLIC = (EditionState.PUBLISHED, EditionState.SUPERSEDED, EditionState.WITHDRAWN)
MONTH_FORM = "%Y-%m"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseTable:
    """A table of use for the public.

    Args:
        content: What readers see: months, unit, rule, rows, and the edition whose table is told again.
        users: The users behind it, by key, for the next edition to compare with; readers see none of it.
    """

    content: Json
    users: Json


def use_table(account: Account, city: Place, on: date) -> UseTable:
    """Return the table of use that may be told to the public now (用水情况公开表).

    Args:
        account: Who drafts it.
        city: The city.
        on: The day.

    Raises:
        ServiceError: `publication.no_rule`.
    """
    rule, told = small_cell_rule(city, on), _told(city)
    months = public_months(account, city, on, [_months(each) for each in told])
    groups = user_groups(account, city, months)
    period = {"first": f"{months[0]:{MONTH_FORM}}", "last": f"{months[-1]:{MONTH_FORM}}"}
    before = [each for each in told if period.items() <= each.content["use"].items()]
    rows = public_use(groups, rule, earlier=[row for each in before for row in each.content["use"]["rows"]])
    users = {str(key): [group.key, group.litres] for key, group in groups.items()} if rows else {}
    content = {**period, "unit": "m3", "rule": _rule_json(rule), "again": None, "is_left_out": False}
    if all(_is_hidden(each, rows, users, rule) for each in before):
        return UseTable(content=content | {"rows": rows}, users=users)
    standing = next((each for each in reversed(before) if each.state != EditionState.WITHDRAWN), None)
    if standing is None:
        return UseTable(content=content | {"rows": [], "is_left_out": True}, users={})
    use = standing.content["use"]
    again = use.get("again") or standing.number
    return UseTable(
        content=content | {"rule": use["rule"], "rows": use["rows"], "again": again}, users=standing.users
    )


def _told(city: Place) -> Sequence[PublicEdition]:
    """Return the editions with a table of use that were public once, the oldest first."""
    rows = PublicEdition.objects.filter(place=city, state__in=ONCE_PUBLIC, published_at__isnull=False)
    return [row for row in rows.order_by("number") if row.content.get("use", {}).get("rows")]


def _months(row: PublicEdition) -> tuple[date, date]:
    first, last = (date.fromisoformat(f"{row.content['use'][name]}-01") for name in ("first", "last"))
    return first, last


def _is_hidden(before: PublicEdition, rows: Sequence[Json], users: Json, rule: SmallCellRule) -> bool:
    """Return whether a table beside an earlier one tells nothing of a single user."""
    if rows == before.content["use"]["rows"]:
        return True
    return bool(before.users) and is_change_hidden(_parts(before.users), _parts(users), rule)


def _parts(users: Mapping[str, Sequence[Any]]) -> Mapping[int, UserPart]:
    return {
        int(key): UserPart(cell=cell, value=None if litres is None else Decimal(litres))
        for key, (cell, litres) in users.items()
    }


def _rule_json(rule: SmallCellRule) -> Json:
    return {"fewest": rule.fewest, "dominance": str(rule.dominance), "nearness": str(rule.nearness)}
