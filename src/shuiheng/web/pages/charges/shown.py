"""What the pages of charges share: the city of a reader, derivations that were kept, sheets to send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Charge, ChargeRun, Place
from shuiheng.adapters.records.queries_charges import OUTCOMES, ChargeFilter, filtered_charges
from shuiheng.adapters.records.queries_messages import messages_by_key
from shuiheng.adapters.records.sight import Sight
from shuiheng.kernel.derivation import Derived
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.services.charges.arrears import owed_of
from shuiheng.services.charges.tell_payers import message_key
from shuiheng.services.permission import Action
from shuiheng.services.scope import city_above, own_places, scope
from shuiheng.web import words
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.fields import key_of
from shuiheng.web.filters import plain
from shuiheng.web.templatetags.charge_words import charge_finding
from shuiheng.web.words_charges import CHARGE_STATES, DELIVERIES, KINDS
from shuiheng.web.words_charges import OUTCOMES as OUTCOME_WORDS

CODE, NUMBER, DAY = ColumnForm.CODE, ColumnForm.NUMBER, ColumnForm.DAY
LIMIT = 60


def city_of(request: HttpRequest, action: Action) -> Place | None:
    """Return the city for the whole of which a reader may do `action`: the one asked for, or the first."""
    cities = {city_above(place).pk for place in own_places(request.user, action)}
    asked = key_of(request.POST if request.method == "POST" else request.GET, "city")
    rows = scope(request.user, action, Place).filter(pk__in=cities)
    return rows.filter(pk=asked).first() if asked in cities else rows.order_by("pk").first()


def derived_of(kept: Mapping[str, Any]) -> Derived | None:
    """Return a derivation that is kept with a charge or an entry; None where there is none."""
    return read_derivation(kept) if kept else None


def wanted_from(query: Mapping[str, str]) -> ChargeFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    outcome = query.get("outcome", "")
    return ChargeFilter(
        words=plain(query.get("q", ""))[:LIMIT],
        district=key_of(query, "district"),
        outcome=outcome if outcome in OUTCOMES else "",
        most_first=query.get("order") == "most",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How far the notice of a charge has come: `told`, `read` or `received`, and when."""

    state: str
    at: datetime | None


def delivery_of(seen: Sight, rows: Sequence[Charge]) -> Mapping[int, Delivery]:
    """Return how far the notices of some charges have come, by key; one that nobody was told of has none."""
    messages = messages_by_key(seen, [message_key(row) for row in rows if row.told_at is not None])
    found = {}
    for row in rows:
        message = messages.get(message_key(row))
        if row.received_at is not None:
            found[row.pk] = Delivery(state="received", at=row.received_at)
        elif message is not None and message.read_at is not None:
            found[row.pk] = Delivery(state="read", at=message.read_at)
        elif row.told_at is not None:
            found[row.pk] = Delivery(state="told", at=row.told_at)
    return found


def run_title(run: ChargeRun) -> str:
    """Return what a run is called: its own words, or kind and period."""
    return run.title or f"{words.word(KINDS, run.kind)} {period_of(run)}"


def period_of(run: ChargeRun) -> str:
    """Return the months of a run: `2026-01` or `2026-01–2026-03`."""
    first, last = f"{run.first:%Y-%m}", f"{run.last:%Y-%m}"
    return first if first == last else f"{first}–{last}"


def run_sheet(request: HttpRequest, seen: Sight, run: ChargeRun, wanted: ChargeFilter) -> Sheet:
    """Return the charges of a run that a filter leaves."""
    charges = list(filtered_charges(seen, run, wanted))
    deliveries = delivery_of(seen, charges)
    rows = [_run_cells(row, deliveries.get(row.pk)) for row in charges]
    state = _("试算：引用的规则值未全部核对，不作为收费依据") if run.is_trial else _("规则值已核对")
    notes = [
        state,
        *export_notes(
            request,
            wanted=said_filter(
                [
                    (_("文字"), wanted.words),
                    (_("结果"), words.word(OUTCOME_WORDS, wanted.outcome) if wanted.outcome else ""),
                ]
            ),
            order=_("金额从大到小") if wanted.most_first else _("户号"),
            count=len(rows),
        ),
    ]
    columns = [
        Column(title=_("户号"), width=12, form=CODE),
        Column(title=_("名称"), width=34),
        Column(title=_("所在区县"), width=14),
        Column(title=_("用水量（m³）"), width=16, form=NUMBER),
        Column(title=_("用水计划（m³）"), width=16, form=NUMBER),
        Column(title=_("估算水量占比（%）"), width=14, form=NUMBER),
        Column(title=_("金额（元）"), width=16, form=NUMBER),
        Column(title=_("通知文号"), width=24, form=CODE),
        Column(title=_("状态"), width=10),
        Column(title=_("送达"), width=10),
        Column(title=_("问题"), width=50),
    ]
    return Sheet(title=run_title(run), columns=columns, rows=rows, notes=notes)


def arrears_sheet(request: HttpRequest, rows: list[Charge], on: date) -> Sheet:
    """Return the overdue charges of a day."""
    cells: list[list[Value]] = [
        [
            row.number,
            row.user.number,
            row.user.organisation.name,
            row.amount_yuan,
            row.__dict__["paid"],
            owed_of(row),
            row.due_on,
            (on - row.due_on).days if row.due_on else None,
        ]
        for row in rows
    ]
    columns = [
        Column(title=_("通知文号"), width=24, form=CODE),
        Column(title=_("户号"), width=12, form=CODE),
        Column(title=_("名称"), width=34),
        Column(title=_("应缴（元）"), width=16, form=NUMBER),
        Column(title=_("已缴（元）"), width=16, form=NUMBER),
        Column(title=_("尚欠（元）"), width=16, form=NUMBER),
        Column(title=_("缴纳期限"), width=12, form=DAY),
        Column(title=_("逾期天数"), width=10, form=NUMBER),
    ]
    notes = export_notes(request, wanted=_("逾期未缴清"), order=_("缴纳期限"), count=len(cells))
    return Sheet(title=_("欠费清单"), columns=columns, rows=cells, notes=notes)


def today() -> date:
    """Return the civil day of the site."""
    return timezone.localdate()


def _run_cells(row: Charge, delivery: Delivery | None) -> list[Value]:
    share = row.estimated_share
    return [
        row.user.number,
        row.user.organisation.name,
        row.user.organisation.place.name,
        row.volume_m3,
        row.limit_m3,
        None if share is None else share * 100,
        row.amount_yuan,
        row.number,
        words.word(CHARGE_STATES, row.state),
        words.word(DELIVERIES, delivery.state) if delivery else "",
        "；".join(charge_finding(each).name for each in row.findings),
    ]
