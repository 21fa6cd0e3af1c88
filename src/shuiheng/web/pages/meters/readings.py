"""The readings of a meter with what passed between them, where each came from, and the same as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.records.models import LedgerBatch, Meter, MeterFinding, ReadingEdit
from shuiheng.adapters.records.queries_meter import edits_between, findings_between
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.metering.civil_time import start_of
from shuiheng.services.errors import NotThereError
from shuiheng.services.permission import Action
from shuiheng.services.readings.batch_kinds import SetAside
from shuiheng.services.readings.meter_readings import (
    ReadingLine,
    lines_in,
    rows_as_sent,
    versions_at,
)
from shuiheng.services.record_export import record_export
from shuiheng.web.exporting import export_name, export_notes
from shuiheng.web.fields import key_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.meters.head import Span, meter_head, meter_or_404, sees_batches, span_from
from shuiheng.web.sending import attachment
from shuiheng.web.templatetags.meter_words import code_name, instant, meter_word

PAGE_SIZE, MOST_DAYS = 100, 400
LITRES_OF_A_M3 = 1000
EARLIEST, LATEST = start_of(date(1990, 1, 1)), start_of(date(2200, 1, 1))
WRITERS = {"xlsx": write_workbook, "csv": write_csv}
NUMBER = ColumnForm.NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A reading as the page shows it."""

    line: ReadingLine
    edit: ReadingEdit | None
    findings: Sequence[MeterFinding]

    @property
    def basis(self) -> str:
        """How the volume was found, where there is something to say of it."""
        interval = self.line.interval
        return interval.basis.value if interval is not None else ""


@page(Action.READINGS_LOOK)
def meter_readings(request: HttpRequest, key: int) -> HttpResponse:
    """Show the readings of some days, the newest first."""
    meter = meter_or_404(request, key)
    span = span_from(request.GET, meter, most_days=MOST_DAYS)
    lines = lines_in(meter, span.first, span.last)
    shown = Paginator(list(reversed(lines)), PAGE_SIZE).get_page(request.GET.get("page"))
    context = meter_head(request, meter, "meter_readings") | {
        "span": span,
        "earlier": span.shifted(-1),
        "later": span.shifted(1),
        "most_days": MOST_DAYS,
        "page": shown,
        "rows": _rows(request, meter, list(shown.object_list)),
        "count": len(lines),
        "litres": sum(line.interval.volume_litres or 0 for line in lines if line.interval is not None),
        "unknown": sum(line.interval is not None and line.interval.volume_litres is None for line in lines),
        "gaps": sum(line.is_gap for line in lines),
    }
    return render(request, "meters/readings.html", context)


@page(Action.READINGS_LOOK)
def meter_readings_export(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Send the readings of some days."""
    meter = meter_or_404(request, key)
    if ending not in WRITERS:
        raise Http404
    span = span_from(request.GET, meter, most_days=MOST_DAYS)
    rows = _rows(request, meter, lines_in(meter, span.first, span.last))
    record_export(request.user, f"meter_readings:{meter.pk}", rows=len(rows), action=Action.READINGS_LOOK)
    sheet = _sheet(request, meter, span, rows)
    period = f"{span.first:%Y%m%d}-{span.last:%Y%m%d}"
    name = export_name(request, f"{sheet.title}_{meter.number}", ending, period=period)
    return attachment(WRITERS[ending](sheet), name=name)


@page(Action.READINGS_LOOK)
def meter_reading(request: HttpRequest, key: int, at: int) -> HttpResponse:
    """Show everything that was ever said of one instant, and the row of the file that said it."""
    meter = meter_or_404(request, key)
    if not EARLIEST < at < LATEST:
        raise Http404
    versions = versions_at(meter, at)
    keys = {each.batch.pk for each in versions if each.batch is not None}
    wanted = key_of(request.GET, "batch")
    batch = next((each.batch for each in versions if each.batch and each.batch.pk == wanted), None)
    context = meter_head(request, meter, "meter_readings") | {
        "at": at,
        "versions": list(reversed(versions)),
        "seen_batches": sees_batches(request, keys),
        "sent_of": batch,
        "sent": _sent(batch, meter, at) if batch is not None else None,
        "holds": versions[-1].register_litres if versions else None,
    }
    return render(request, "meters/reading.html", context)


def _rows(request: HttpRequest, meter: Meter, lines: Sequence[ReadingLine]) -> list[Shown]:
    """Return readings with their edits and the findings that stand in the interval before each."""
    if not lines:
        return []
    instants = [line.reading.read_at for line in lines]
    ends = (datetime.fromtimestamp(min(instants) - 1, UTC), datetime.fromtimestamp(max(instants), UTC))
    look = seen(request, Action.READINGS_LOOK)
    edits = edits_between(look, meter, *ends)
    findings: Mapping[int, list[MeterFinding]] = {at: [] for at in instants}
    for finding in findings_between(look, meter, *ends):
        later = [at for at in instants if finding.at is not None and at >= finding.at.timestamp()]
        if later:
            findings[min(later)].append(finding)
    return [
        Shown(
            line=line,
            edit=edits.get(datetime.fromtimestamp(line.reading.read_at, UTC)),
            findings=findings[line.reading.read_at],
        )
        for line in lines
    ]


def _sent(
    batch: LedgerBatch, meter: Meter, at: int
) -> Sequence[tuple[int, ReceivedReading | SetAside]] | None:
    """Return the rows of a kept file about an instant; None when the file is gone."""
    try:
        return rows_as_sent(batch, meter, at)
    except NotThereError:
        return None


def _sheet(request: HttpRequest, meter: Meter, span: Span, rows: Sequence[Shown]) -> Sheet:
    wanted = _("计量点 %(number)s，%(first)s 至 %(last)s") % {
        "number": meter.number,
        "first": span.first,
        "last": span.last,
    }
    return Sheet(
        title=_("读数"),
        columns=[
            Column(title=_("读数时间"), width=20),
            Column(title=_("读数（m³）"), width=16, form=NUMBER),
            Column(title=_("距上次（小时）"), width=14, form=NUMBER),
            Column(title=_("区间水量（m³）"), width=16, form=NUMBER),
            Column(title=_("日均（m³）"), width=12, form=NUMBER),
            Column(title=_("水量来历"), width=14),
            Column(title=_("标记"), width=30),
        ],
        rows=[
            [
                instant(row.line.reading.read_at),
                Decimal(row.line.reading.register) / LITRES_OF_A_M3,
                None if row.line.interval is None else round(row.line.interval.seconds / 3600, 2),
                _m3(row.line.interval.volume_litres if row.line.interval else None),
                None if row.line.litres_a_day is None else round(row.line.litres_a_day / LITRES_OF_A_M3, 3),
                meter_word(row.basis, "basis") if row.basis else "",
                "；".join(marks_of(row)),
            ]
            for row in rows
        ],
        notes=export_notes(request, wanted=wanted, order=_("读数时间"), count=len(rows)),
    )


def marks_of(row: Shown) -> list[str]:
    """Return what there is to say of a reading, in words."""
    found = [_("间隔过长")] if row.line.is_gap else []
    if row.edit is not None:
        found.append(_("人工更正") if row.edit.was_litres is not None else _("人工补录"))
    return found + [code_name(each.code) for each in row.findings]


def _m3(litres: int | None) -> Decimal | None:
    return None if litres is None else Decimal(litres) / LITRES_OF_A_M3
