"""The plan of a year with its draws, one draw with its phases, its register, its record and the program."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Account, Check, InspectionDraw, Job, JobState
from shuiheng.adapters.records.queries_credit import units_found
from shuiheng.adapters.records.queries_inspections import (
    LIMIT,
    DrawFilter,
    NamedObject,
    checks_of_draw,
    draw_counts,
    draw_list,
    draw_years,
    inspector_names,
    names_of,
    one_draw,
    recusals_of,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.programmes.draw import verify
from shuiheng.services.errors import ServiceError
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.inspections.draw_objects import ObjectRow
from shuiheng.services.inspections.keep_draw import inspectors_of
from shuiheng.services.inspections.make_draw import draw_job
from shuiheng.services.inspections.make_register import MadeRegister, make_register
from shuiheng.services.inspections.public_draws import ended_before
from shuiheng.services.inspections.seal_number import sealers_of
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.fields import key_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.sending import attachment
from shuiheng.web.words_inspections import STATES

PAGE_SIZE, MOST_FINDINGS = 50, 50
BUSY = (JobState.WAITING, JobState.RUNNING)
WRITERS = {"xlsx": write_workbook, "csv": write_csv}
PHASES: Sequence[tuple[str, Promise]] = (
    ("made", gettext_lazy("编制计划")),
    ("committed", gettext_lazy("公布承诺值")),
    ("drawn", gettext_lazy("随机抽取")),
    ("published", gettext_lazy("结果公开")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase of a draw: what it is, when it was reached and by whom."""

    name: Promise
    at: datetime | None
    by: Account | None
    is_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """One object that was drawn, as its row shows it."""

    number: str
    named: NamedObject | None
    credit: str
    chance: str
    team: Sequence[str]
    items: Sequence[str]
    check: Check | None


@page(Action.INSPECTIONS_LOOK)
def inspections(request: HttpRequest) -> HttpResponse:
    """Show the draws that a filter leaves, by year: the plan of each year with what became of it."""
    sight, wanted = seen(request, Action.INSPECTIONS_LOOK), wanted_from(request.GET)
    shown = Paginator(draw_list(sight, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": shown.object_list,
        "wanted": wanted,
        "years": draw_years(sight),
        "counts": draw_counts(sight, wanted.year),
        "states": STATES.items(),
        "is_filtered": wanted != DrawFilter(),
    }
    return render(request, "inspections/list.html", context)


@page(Action.INSPECTIONS_LOOK)
def inspections_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the draws that the filter leaves: the plan of a year as a workbook."""
    if ending not in WRITERS:
        raise Http404
    wanted = wanted_from(request.GET)
    found = list(draw_list(seen(request, Action.INSPECTIONS_LOOK), wanted))
    said = said_filter(
        [
            (_("文字"), wanted.words),
            (_("年度"), wanted.year),
            (_("状态"), words.word(STATES, wanted.state) if wanted.state else ""),
        ]
    )
    notes = export_notes(request, wanted=said, order=_("年度和计划日期"), count=len(found))
    sheet = Sheet(
        title=_("年度抽查计划"), columns=_columns(), rows=[_cells(row) for row in found], notes=notes
    )
    record_export(request.user, "inspections", rows=len(found), action=Action.INSPECTIONS_LOOK)
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending))


@page(Action.INSPECTIONS_LOOK)
def inspection(request: HttpRequest, key: int) -> HttpResponse:
    """Show one draw: how far it is, who was drawn, who goes there, and how anyone can draw again."""
    sight, row = _draw(request, key)
    job = draw_job(row) if row.state == "committed" and row.seed else None
    is_busy = job is not None and job.state in BUSY
    if "HX-Request" in request.headers:
        return _progress(request, row, job) if is_busy else HttpResponse(headers={"HX-Refresh": "true"})
    unit_words = plain(request.GET.get("unit", ""))[:LIMIT]
    is_draft, today = row.state == "draft", timezone.localdate()
    may_edit = is_draft and may(request.user, Action.INSPECTIONS_KEEP)
    sealers = sealers_of(row)
    context = {
        "row": row,
        "phases": phases_of(row),
        "lines": drawn_lines(sight, row),
        "objects": len(row.register.get("objects", ())),
        "left_out": len(row.record.get("result", {}).get("left_out", ())),
        "recusals": recusals_of(sight, row),
        "items": list(row.items.all()),
        "sealers": sealers,
        "own_seal": next((each for each in sealers if each.account.pk == request.user.pk), None),
        "is_known": today.isoformat() >= row.seed_plan.get("known_on", ""),
        "job": job,
        "is_busy": is_busy,
        "ended": ended_before([row])[row.pk],
        "unit_words": unit_words,
        "units": units_found(sight, unit_words) if may_edit else [],
        "inspectors": inspectors_of(row, today) if may_edit else [],
        "today": today,
    }
    context |= _rights(request, row)
    return render(request, "inspections/draw.html", context)


@page(Action.INSPECTIONS_LOOK)
def inspection_objects(request: HttpRequest, key: int) -> HttpResponse:
    """Show the register of a draw: that of today for a draft, else the one that was committed to."""
    sight, row = _draw(request, key)
    made, refused = None, None
    if row.state == "draft":
        try:
            made = make_register(row, timezone.localdate())
        except ServiceError as error:
            refused = sentence_of(error.code, error.values, language=get_language() or "zh")
    rows = made.found.rows if made is not None else _kept_rows(row)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    names = names_of(sight, [each.number for each in shown.object_list], row.as_of or timezone.localdate())
    context = {
        "row": row,
        "page": shown,
        "rows": shown.object_list,
        "count": len(rows),
        "made": made,
        "refused": refused,
        "findings": _sentences(made) if made is not None else [],
        "further": max(len(made.findings) - MOST_FINDINGS, 0) if made is not None else 0,
        "lines": [(each, names.get(each.number)) for each in shown.object_list],
    }
    return render(request, "inspections/register.html", context)


@page(Action.INSPECTIONS_LOOK)
def inspection_record(request: HttpRequest, key: int) -> HttpResponse:
    """Send the record of a draw, from which anyone can make it again; it holds numbers and no names."""
    _sight, row = _draw(request, key)
    if not row.record:
        raise Http404
    record_export(request.user, "inspection_record", rows=1, action=Action.INSPECTIONS_LOOK)
    content = json.dumps(row.record, ensure_ascii=False, indent=1, sort_keys=True)
    return attachment(content.encode(), name=f"shuiheng-draw-{row.number}.json")


@page(Action.INSPECTIONS_LOOK)
def verify_program(request: HttpRequest) -> HttpResponse:
    """Send the program by which a stranger makes a draw again from its record."""
    del request
    return attachment(Path(verify.__file__).read_bytes(), name="verify.py")


def wanted_from(query: Mapping[str, str]) -> DrawFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    state = query.get("state", "")
    return DrawFilter(
        words=plain(query.get("q", ""))[:LIMIT],
        year=key_of(query, "year"),
        state=state if state in STATES else "",
    )


def phases_of(row: InspectionDraw) -> list[Phase]:
    """Return the phases of a draw in order, the next one marked."""
    found: list[Phase] = []
    for code, name in PHASES:
        at = getattr(row, f"{code}_at")
        is_next = at is None and row.state != "void" and not any(each.is_next for each in found)
        found.append(Phase(name=name, at=at, by=getattr(row, f"{code}_by"), is_next=is_next))
    return found


def drawn_lines(sight: Sight, row: InspectionDraw) -> list[DrawnLine]:
    """Return who was drawn, in the order of chance, by name as far as the reader may see."""
    if not row.record or row.as_of is None:
        return []
    drawn: list[dict[str, Any]] = row.record["result"]["drawn"]
    named = names_of(sight, [each["id"] for each in drawn], row.as_of)
    people = inspector_names(sight, {who for each in drawn for who in each["inspectors"]})
    credit = {each["id"]: each["credit"] for each in row.record["register"]["objects"]}
    items, checks = {f"I{each.pk}": each.name for each in row.items.all()}, checks_of_draw(sight, row)
    return [
        DrawnLine(
            number=each["id"],
            named=named.get(each["id"]),
            credit=credit[each["id"]],
            chance=row.record["result"]["chances"][each["id"]],
            team=[people[who].name if who in people else who for who in each["inspectors"]],
            items=[items.get(item, item) for item in each["items"]],
            check=checks.get(each["id"]),
        )
        for each in drawn
    ]


def _progress(request: HttpRequest, row: InspectionDraw, job: Job | None) -> HttpResponse:
    """Return the part of the page that asks again by itself until the job has ended."""
    return render(request, "inspections/job.html", {"row": row, "job": job, "is_busy": True})


def _rights(request: HttpRequest, row: InspectionDraw) -> Mapping[str, bool]:
    """Return what the reader may do with a draw as it stands."""
    may_keep, may_release = (
        may(request.user, each) for each in (Action.INSPECTIONS_KEEP, Action.INSPECTIONS_RELEASE)
    )
    is_own, is_draft = row.made_by_id == request.user.pk, row.state == "draft"
    waits_for_number = row.state == "committed" and row.seed_kind == "public_number" and not row.seed
    is_fresh = row.state == "drawn" and row.published_at is None
    return {
        "is_own": is_own,
        "may_edit": is_draft and may_keep,
        "may_commit": is_draft and may_release and not is_own,
        "may_number": waits_for_number and may_keep,
        "may_publish": is_fresh and may_release and not is_own,
        "may_void": (is_draft and may_keep) or (row.state != "void" and may_release),
    }


def _draw(request: HttpRequest, key: int) -> tuple[Sight, InspectionDraw]:
    sight = seen(request, Action.INSPECTIONS_LOOK)
    row = one_draw(sight, key)
    if row is None:
        raise Http404
    return sight, row


def _kept_rows(row: InspectionDraw) -> list[ObjectRow]:
    """Return the register that was committed to, by the numbers of its objects."""
    return [
        ObjectRow(
            number=each["id"],
            name="",
            ledger_number="",
            organisation=None,
            district=None,
            credit=each["credit"],
            checked_on=date.fromisoformat(each["checked_on"]) if each["checked_on"] else None,
        )
        for each in row.register.get("objects", ())
    ]


def _sentences(made: MadeRegister) -> list[Sentence]:
    named = {row.number: row.name for row in made.found.rows}
    found = []
    for each in made.findings[:MOST_FINDINGS]:
        values = dict(each.values)
        values["subject"] = named.get(values["subject"], values["subject"])
        found.append(sentence_of(each.code, values, language=get_language() or "zh"))
    return found


def _columns() -> Sequence[Column]:
    code, day, count = ColumnForm.CODE, ColumnForm.DAY, ColumnForm.NUMBER
    return [
        Column(title=_("编号"), width=12, form=code),
        Column(title=_("年度"), width=8, form=code),
        Column(title=_("名称"), width=34),
        Column(title=_("检查单位所在地"), width=16),
        Column(title=_("抽查事项"), width=40),
        Column(title=_("抽查数量"), width=10, form=count),
        Column(title=_("抽查比例"), width=10),
        Column(title=_("联合部门"), width=24),
        Column(title=_("计划开始"), width=12, form=day),
        Column(title=_("计划结束"), width=12, form=day),
        Column(title=_("状态"), width=14),
        Column(title=_("承诺值"), width=66, form=code),
    ]


def _cells(row: InspectionDraw) -> list[Value]:
    share = row.scope.get("share")
    return [
        row.number,
        str(row.year),
        row.title,
        row.area.name,
        "；".join(each.name for each in row.items.all()),
        row.size or None,
        "" if share is None else f"{float(share):.2%}",
        row.partners,
        row.planned_from,
        row.planned_to,
        words.word(STATES, row.state),
        row.commitment,
    ]
