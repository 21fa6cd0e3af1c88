"""The data quality board (数据质量): each number opens its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.records.models import MeterFinding, Place
from shuiheng.adapters.records.queries_ledger import districts_of
from shuiheng.adapters.records.queries_quality import (
    LEVELS,
    LIMIT,
    STATES,
    FoundFilter,
    found_codes,
    found_counts,
    found_list,
    meter_tally,
)
from shuiheng.adapters.records.queries_use_names import newest_month
from shuiheng.adapters.rulebook.comparison import comparison
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.fields import key_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.quality.board import found_rows, share_rows
from shuiheng.web.sending import attachment
from shuiheng.web.words_use import FOUND_LEVELS, FOUND_STATES

PAGE_SIZE = 50
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.READINGS_LOOK)
def quality_board(request: HttpRequest) -> HttpResponse:
    """Show what is wrong with meters, and how much of the water is not measured."""
    sight = seen(request, Action.READINGS_LOOK)
    today = timezone.localdate()
    counts = found_counts(sight, today)
    rows = found_rows(counts)
    touched = {count.district for count in counts}
    newest = newest_month(sight, today)
    shares, whole = share_rows(sight, newest) if newest is not None else ([], None)
    touched |= {int(row.district) if row.district else None for row in shares}
    context = {
        "tally": meter_tally(sight, today),
        "rows": rows,
        "silent": sum(row.whole for row in rows if row.code == "metering.silent"),
        "districts": _columns(districts_of(sight), touched),
        "shares": {row.district: row for row in shares},
        "whole": whole,
        "newest": whole.months[-1][1] if whole is not None else None,
        "newest_month": newest,
        "most_missing": comparison().most_missing_share,
    }
    return render(request, "quality/board.html", context)


@page(Action.READINGS_LOOK)
def meter_findings(request: HttpRequest) -> HttpResponse:
    """Show the findings that a filter leaves."""
    sight = seen(request, Action.READINGS_LOOK)
    wanted = wanted_from(request.GET)
    found = found_list(sight, wanted, timezone.localdate())
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": [(row, *_said(row)) for row in shown.object_list],
        "wanted": wanted,
        "codes": list(dict.fromkeys([*found_codes(sight), *([wanted.code] if wanted.code else [])])),
        "districts": districts_of(sight),
        "states": FOUND_STATES.items(),
        "levels": FOUND_LEVELS.items(),
    }
    return render(request, "quality/findings.html", context)


@page(Action.LEDGER_EXPORT)
def quality_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the findings that the filter leaves."""
    if ending not in WRITERS:
        raise Http404
    sight = seen(request, Action.LEDGER_EXPORT)
    wanted = wanted_from(request.GET)
    found = list(found_list(sight, wanted, timezone.localdate()))
    names = {place.pk: place.name for place in districts_of(sight)}
    said = said_filter(
        [
            (_("疑点"), sentence_of(wanted.code, {}, language=_language()).name if wanted.code else ""),
            (_("级别"), words.word(FOUND_LEVELS, wanted.level) if wanted.level else ""),
            (_("区县"), names.get(wanted.district or 0, "")),
            (_("状态"), words.word(FOUND_STATES, wanted.state)),
            (_("文字"), wanted.words),
        ]
    )
    notes = export_notes(request, wanted=said, order=_("时间由近到远"), count=len(found))
    sheet = _sheet(found, notes)
    record_export(request.user, "meter_findings", rows=len(found), action=Action.LEDGER_EXPORT)
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending))


def wanted_from(query: Mapping[str, str]) -> FoundFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    state, level = query.get("state", ""), query.get("level", "")
    return FoundFilter(
        code=plain(query.get("code", ""))[:LIMIT],
        district=key_of(query, "district"),
        state=state if state in STATES else "open",
        level=level if level in LEVELS else "",
        words=plain(query.get("q", ""))[:LIMIT],
    )


def _columns(places: Sequence[Place], touched: set[int | None]) -> list[tuple[int | None, str]]:
    """Return the districts that have a column; meters of which none is known have one behind them."""
    columns: list[tuple[int | None, str]] = [
        (place.pk, place.name) for place in places if place.pk in touched
    ]
    return [*columns, (None, _("未注明"))] if None in touched else columns


def _said(row: MeterFinding) -> tuple[str, str, str]:
    sentence = sentence_of(row.code, row.values, language=_language())
    return sentence.name, sentence.says, sentence.remedy


def _sheet(found: Sequence[MeterFinding], notes: Sequence[str]) -> Sheet:
    code = ColumnForm.CODE
    columns = [
        Column(title=_("表号"), width=16, form=code),
        Column(title=_("用水户"), width=30),
        Column(title=_("区县"), width=14),
        Column(title=_("级别"), width=10),
        Column(title=_("疑点"), width=20),
        Column(title=_("说明"), width=60),
        Column(title=_("处理办法"), width=40),
        Column(title=_("时间"), width=18, form=code),
        Column(title=_("处理"), width=12),
        Column(title=_("处理说明"), width=30),
    ]
    rows = [
        [
            row.meter.number,
            row.meter.user.organisation.name if row.meter.user is not None else "",
            getattr(row, "district_name", None) or "",
            words.word(words.SEVERITIES, row.severity),
            *_said(row),
            timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M") if row.at is not None else "",
            words.word(FOUND_STATES, row.decision or "undecided"),
            row.note,
        ]
        for row in found
    ]
    return Sheet(title=_("计量疑点清单"), columns=columns, rows=rows, notes=notes)


def _language() -> str:
    return get_language() or "zh"
