"""What stands behind a fact: its months, its districts, and users in sight with settlement and readings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shuiheng.adapters.records.entrance import last_day_of
from shuiheng.adapters.records.models import Place, WaterUser
from shuiheng.adapters.records.queries_fact_rows import users_named
from shuiheng.services.indicators.fact_rows import FactRows, MonthRow, UserRow, fact_rows, value_of_litres
from shuiheng.services.indicators.settled_facts import months_of
from shuiheng.services.indicators.user_settlement import month_asked, user_settlement
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.fields import key_of
from shuiheng.web.page import page, seen
from shuiheng.web.words_counts import language

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A month or a user with its water in the unit of the fact."""

    row: MonthRow | UserRow
    value: Decimal
    estimated: Decimal
    user: WaterUser | None = None


@page(Action.FIGURES_LOOK)
def rows_of_fact(request: HttpRequest, fact: str, place: int, year: int) -> HttpResponse:
    """Show the rows behind a fact of a place and year."""
    found = row_for(request.user, Action.FIGURES_LOOK, Place, pk=place)
    month = key_of(request.GET, "month")
    rows = fact_rows(seen(request, Action.READINGS_LOOK), found, fact, year, month=month)
    shown = Paginator(rows.users, PAGE_SIZE).get_page(request.GET.get("page"))
    keys = [row.user for row in shown.object_list if row.user is not None]
    named = users_named(seen(request, Action.LEDGER_LOOK), keys)
    spoken = language()
    context = {
        "rows": rows,
        "place": found,
        "name": rows.kind.names[spoken],
        "unit": rows.kind.unit.names.get(spoken, ""),
        "how": rows.how.get(spoken, ""),
        "months": [_line(rows, row) for row in rows.months],
        "whole": value_of_litres(rows, rows.litres),
        "hidden": value_of_litres(rows, rows.hidden_litres),
        "page": shown,
        "users": [_line(rows, row, named.get(row.user or 0)) for row in shown.object_list],
    }
    return render(request, "figures/rows.html", context)


def _line(rows: FactRows, row: MonthRow | UserRow, user: WaterUser | None = None) -> Line:
    return Line(
        row=row,
        value=value_of_litres(rows, row.litres),
        estimated=value_of_litres(rows, row.use.estimated_litres),
        user=user,
    )


@page(Action.FIGURES_LOOK)
def settlement_of_user(request: HttpRequest, fact: str, place: int, year: int, user: int) -> HttpResponse:
    """Show the settlement of one user and month behind a fact, with its readings; 0 is meters without one."""
    found = row_for(request.user, Action.FIGURES_LOOK, Place, pk=place)
    month = month_asked(year, key_of(request.GET, "month"))
    settled = user_settlement(seen(request, Action.READINGS_LOOK), found, fact, user or None, month)
    spoken = language()
    context = {
        "place": found,
        "found": settled,
        "fact": fact,
        "year": year,
        "user": users_named(seen(request, Action.LEDGER_LOOK), [user]).get(user),
        "user_key": user,
        "name": settled.kind.names[spoken],
        "unit": settled.kind.unit.names.get(spoken, ""),
        "months": months_of(year),
        "query": f"from={month.isoformat()}&to={last_day_of(month).isoformat()}",
    }
    return render(request, "figures/settlement.html", context)
