"""Everything of the ledger in sight as its workbook shows it: the beliefs that stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    ActivityFact,
    ContactFact,
    DatedFact,
    LedgerBatch,
    MeterFact,
    PermitFact,
    Place,
    SiteFact,
    SourceFact,
    UserFact,
)
from shuiheng.adapters.records.queries_ledger import LedgerFilter, ledger_list
from shuiheng.adapters.records.sight import Sight

_LINKS: Mapping[type[DatedFact], tuple[str, Sequence[str], Sequence[str]]] = {
    UserFact: ("subject", ("subject", "district"), ("subject__number",)),
    SiteFact: (
        "subject__user",
        ("subject__user", "district"),
        ("subject__user__number", "subject__number"),
    ),
    SourceFact: (
        "subject__user",
        ("subject__user", "site", "authority", "supplier"),
        ("subject__user__number", "subject__number"),
    ),
    PermitFact: (
        "subject__source__user",
        ("subject__source__user",),
        ("subject__source__user__number", "subject__source__number", "subject__number"),
    ),
    MeterFact: (
        "subject__user",
        ("subject__user", "subject__keeper", "site", "source", "parent"),
        ("subject__user__number", "level", "subject__number"),
    ),
    ActivityFact: ("subject", ("subject",), ("subject__number", "code", "valid_from")),
    ContactFact: ("subject", ("subject",), ("subject__number", "duty")),
}
BOOK_KIND = "ledger_workbook"
BOOK_TABLES: tuple[type[DatedFact], ...] = tuple(_LINKS)


def book_facts(seen: Sight, table: type[DatedFact], city: Place) -> QuerySet[Any]:
    """Return every belief of a table that stands in a city, of days before and behind too.

    Those about users that were merged are left out.
    """
    user, links, order = _LINKS[table]
    of_city = "subject__city" if table is MeterFact else f"{user}__city"
    rows = seen(table).filter(superseded_at__isnull=True, **{of_city: city})
    rows = rows.exclude(**{f"{user}__merged_into__isnull": False})
    return rows.select_related(*links).order_by(*order, "valid_from", "pk")


def book_of_list(
    seen: Sight, table: type[DatedFact], wanted: LedgerFilter, as_of: AsOf, *, city: Place
) -> QuerySet[Any]:
    """Return the beliefs of a table about the users of a city that a list shows, as of its day.

    What a user made or served is shown for all its days.
    """
    users = ledger_list(seen, wanted, as_of).order_by().values("subject_id")
    user, links, order = _LINKS[table]
    rows = seen(table).filter(**{f"{user}__in": users, f"{user}__city": city})
    rows = rows.filter(superseded_at__isnull=True) if table is ActivityFact else standing(rows, as_of)
    return rows.select_related(*links).order_by(*order, "pk")


def meters_of_network(seen: Sight, as_of: AsOf, *, city: Place) -> QuerySet[Any]:
    """Return the beliefs of a day about meters of a city that belong to no user."""
    _, links, _ = _LINKS[MeterFact]
    rows = standing(seen(MeterFact).filter(subject__user__isnull=True, subject__city=city), as_of)
    return rows.select_related(*links).order_by("level", "subject__number", "pk")


def book_batches(seen: Sight) -> QuerySet[LedgerBatch]:
    """Return the workbooks of the ledger in sight, the newest first."""
    rows = seen(LedgerBatch).filter(kind=BOOK_KIND)
    return rows.select_related("organisation", "made_by", "undone_by")
