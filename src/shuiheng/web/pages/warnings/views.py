"""The board of warnings and one warning; water users see their own on the same pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import UseWarning
from shuiheng.adapters.records.queries_ledger import districts_of
from shuiheng.adapters.records.queries_warnings import (
    LIMIT,
    STATES,
    WarningCount,
    WarningFilter,
    beside,
    levels_in,
    state_counts,
    warning_counts,
    warning_list,
)
from shuiheng.adapters.rulebook.warning_policy import warning_policy
from shuiheng.allowances.forecast import NoForecast
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import row_for
from shuiheng.services.warnings.answer_warning import LONGEST_ANSWER, answer_warning, receive_warning
from shuiheng.services.warnings.decide_warning import LONGEST_NOTE, decide_warning, finish_follow_up
from shuiheng.services.warnings.warning_year import warning_year
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.fields import key_of, wanted_day, words_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.warnings.pictures import year_picture
from shuiheng.web.saying import tried
from shuiheng.web.sending import attachment
from shuiheng.web.templatetags.warning_words import hint_says, level_word, warned_period
from shuiheng.web.words_warnings import CERTAINTIES, DOUBTS, FOLLOW_UPS, OWN_STATES
from shuiheng.web.words_warnings import STATES as STATE_WORDS

PAGE_SIZE, YEAR_DIGITS = 50, 4
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """Open warnings of a level by district, and how many of all are doubtful."""

    level: str
    counts: Mapping[int | None, int]
    whole: int
    doubtful: int


@page(Action.WARNINGS_LOOK)
def warnings(request: HttpRequest) -> HttpResponse:
    """Show the warnings that a filter leaves; to the office with their counts by level and district."""
    sight, today = seen(request, Action.WARNINGS_LOOK), timezone.localdate()
    wanted = wanted_from(request.GET)
    is_office = not may(request.user, Action.WARNINGS_ANSWER)
    counts = warning_counts(sight, today) if is_office else []
    touched = {count.district for count in counts}
    districts = districts_of(sight) if is_office else []
    shown = Paginator(warning_list(sight, wanted, today), PAGE_SIZE).get_page(request.GET.get("page"))
    columns: list[tuple[int | None, str]] = [(each.pk, each.name) for each in districts if each.pk in touched]
    context = {
        "page": shown,
        "wanted": wanted,
        "is_office": is_office,
        "tally": state_counts(sight),
        "rows": _level_rows(counts),
        "columns": [*columns, (None, _("未注明"))] if None in touched else columns,
        "districts": districts,
        "levels": list(dict.fromkeys([*levels_in(sight), *([wanted.level] if wanted.level else [])])),
        "certainties": CERTAINTIES.items(),
        "states": (STATE_WORDS if is_office else OWN_STATES).items(),
    }
    return render(request, "warnings/board.html" if is_office else "warnings/own.html", context)


@page(Action.WARNINGS_LOOK)
def warning(request: HttpRequest, key: int) -> HttpResponse:
    """Show one warning: its year, on what it rests, possible causes, what was answered and decided."""
    row = row_for(request.user, Action.WARNINGS_LOOK, UseWarning, pk=key)
    sight, today = seen(request, Action.WARNINGS_LOOK), timezone.localdate()
    year = warning_year(sight, row, today=today)
    may_decide, policy = may(request.user, Action.WARNINGS_DECIDE), warning_policy()
    context = {
        "row": row,
        "year": year,
        "picture": year_picture(year),
        "lacking": year.coming.why if isinstance(year.coming, NoForecast) else "",
        "others": beside(sight, row),
        "may_answer": may(request.user, Action.WARNINGS_ANSWER) and row.decided_at is None,
        "may_decide": may_decide and row.done_at is None,
        "may_finish": may_decide and row.done_at is None and row.follow_up not in ("", "none"),
        "is_late": _is_late(row, today),
        "answer_due": row.told_at and timezone.localdate(row.told_at) + timedelta(days=policy.answer_days),
        "follow_ups": FOLLOW_UPS.items(),
        "follow_days": [(FOLLOW_UPS[code], days) for code, days in policy.follow_days.items()],
        "today": today,
        "answer_days": policy.answer_days,
        "longest_answer": LONGEST_ANSWER,
        "longest_note": LONGEST_NOTE,
    }
    return render(request, "warnings/page.html", context)


@page(Action.WARNINGS_ANSWER, methods=("POST",))
def receive(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm the receipt of a warning."""
    tried(request, lambda: receive_warning(request.user, key), done=_("已确认收到。"))
    return redirect("warning", key)


@page(Action.WARNINGS_ANSWER, methods=("POST",))
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Answer a warning."""
    said = words_of(request.POST, "answer", limit=LONGEST_ANSWER)
    tried(request, lambda: answer_warning(request.user, key, answer=said), done=_("答复已提交。"))
    return redirect("warning", key)


@page(Action.WARNINGS_DECIDE, methods=("POST",))
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Decide what follows on a warning."""
    chosen = words_of(request.POST, "follow_up", limit=LIMIT)
    note = words_of(request.POST, "note", limit=LONGEST_NOTE)

    def work() -> None:
        due_on = wanted_day(request.POST, "due_on") if request.POST.get("due_on") else None
        decide_warning(request.user, key, follow_up=chosen, note=note, due_on=due_on)

    row_for(request.user, Action.WARNINGS_DECIDE, UseWarning, pk=key)
    tried(request, work, done=_("处理意见已保存。"))
    return redirect("warning", key)


@page(Action.WARNINGS_DECIDE, methods=("POST",))
def finish(request: HttpRequest, key: int) -> HttpResponse:
    """Note that what was decided has been done."""
    outcome = words_of(request.POST, "outcome", limit=LONGEST_NOTE)
    tried(request, lambda: finish_follow_up(request.user, key, outcome=outcome), done=_("已办结。"))
    return redirect("warning", key)


@page(Action.WARNINGS_LOOK)
def warnings_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the warnings that the filter leaves."""
    if ending not in WRITERS:
        raise Http404
    sight = seen(request, Action.WARNINGS_LOOK)
    wanted = wanted_from(request.GET)
    found = list(warning_list(sight, wanted, timezone.localdate()))
    names = {place.pk: place.name for place in districts_of(sight)}
    said = said_filter(
        [
            (_("状态"), words.word(STATE_WORDS, wanted.state)),
            (_("等级"), level_word(wanted.level) if wanted.level else ""),
            (_("把握"), words.word(CERTAINTIES, wanted.certainty) if wanted.certainty else ""),
            (_("区县"), names.get(wanted.district or 0, "")),
            (_("文字"), wanted.words),
        ]
    )
    notes = export_notes(request, wanted=said, order=_("时间由近到远"), count=len(found))
    sheet = _sheet(found, notes)
    record_export(request.user, "use_warnings", rows=len(found), action=Action.WARNINGS_LOOK)
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending))


def wanted_from(query: Mapping[str, str]) -> WarningFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    state, certainty, year = (query.get(name, "") for name in ("state", "certainty", "year"))
    is_year = year.isascii() and year.isdecimal() and len(year) == YEAR_DIGITS
    return WarningFilter(
        state=state if state in STATES else "open",
        level=plain(query.get("level", ""))[:LIMIT],
        certainty=certainty if certainty in CERTAINTIES else "",
        district=key_of(query, "district"),
        words=plain(query.get("q", ""))[:LIMIT],
        year=int(year) if is_year else None,
    )


def _is_late(row: UseWarning, today: date) -> bool:
    """Return whether what was decided should have been done by now."""
    return row.due_on is not None and row.done_at is None and row.due_on < today


def _level_rows(counts: Sequence[WarningCount]) -> list[LevelRow]:
    rows = []
    for level in sorted({count.level for count in counts}):
        own = [count for count in counts if count.level == level]
        rows.append(
            LevelRow(
                level=level,
                counts={count.district: count.count for count in own},
                whole=sum(count.count for count in own),
                doubtful=sum(count.doubtful for count in own),
            )
        )
    return rows


def _sheet(found: Sequence[UseWarning], notes: Sequence[str]) -> Sheet:
    number = ColumnForm.NUMBER
    columns = [
        Column(title=_("户号"), width=14, form=ColumnForm.CODE),
        Column(title=_("用水户"), width=30),
        Column(title=_("区县"), width=14),
        Column(title=_("考核期"), width=18),
        Column(title=_("等级"), width=16),
        Column(title=_("把握"), width=10),
        Column(title=_("计划 (m³)"), width=14, form=number),
        Column(title=_("已用 (m³)"), width=14, form=number),
        Column(title=_("预计 (m³)"), width=14, form=number),
        Column(title=_("预计下限 (m³)"), width=14, form=number),
        Column(title=_("预计上限 (m³)"), width=14, form=number),
        Column(title=_("疑点"), width=30),
        Column(title=_("可能原因"), width=40),
        Column(title=_("用水户答复"), width=40),
        Column(title=_("处理"), width=16),
        Column(title=_("处理说明"), width=30),
        Column(title=_("办理期限"), width=12, form=ColumnForm.DAY),
        Column(title=_("办理结果"), width=30),
    ]
    return Sheet(
        title=_("用水预警清单"), columns=columns, rows=[_sheet_row(row) for row in found], notes=notes
    )


def _sheet_row(row: UseWarning) -> list[Value]:
    volumes = (row.limit_m3, row.used_m3, row.forecast_m3, row.low_m3, row.high_m3)
    return [
        row.allowance.user.number,
        row.allowance.user.organisation.name,
        getattr(row, "district_name", None) or "",
        warned_period(row),
        level_word(row),
        words.word(CERTAINTIES, row.certainty) if row.certainty else "",
        *(None if volume is None else float(volume) for volume in volumes),
        "；".join(words.word(DOUBTS, each) for each in row.doubts),
        "；".join(hint_says(each) for each in row.hints),
        row.answer,
        words.word(FOLLOW_UPS, row.follow_up) if row.follow_up else "",
        row.note,
        row.due_on,
        row.outcome,
    ]
