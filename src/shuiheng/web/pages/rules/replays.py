"""Pages that reckon a past year again under a changed rule: asking, the result, its users as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.records.models import Job, JobKind, Place
from shuiheng.adapters.records.queries_jobs import job_in_sight, jobs
from shuiheng.adapters.records.queries_rules import proposals_of
from shuiheng.rules.in_force import Rulebook
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.services.rules.replay import KINDS_OF, AskedReplay, ask_replay, replay_result
from shuiheng.services.rules.rulebook_now import rulebook_now
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.rules.city import city_of
from shuiheng.web.pages.rules.shown import rule_name, shown_value, words_now
from shuiheng.web.saying import say_error
from shuiheng.web.sending import attachment
from shuiheng.web.words import word
from shuiheng.web.words_ledger import PRICE_CLASSES, USE_CLASSES
from shuiheng.web.words_rules import REPLAY_KINDS, REPLAY_SIDES, REPLAY_WHY

WRITERS = {"xlsx": write_workbook, "csv": write_csv}
PAGE_SIZE, YEARS, LITRES_OF_M3 = 50, 6, 1000
FEN = Decimal(100)
Row = Mapping[str, Any]


@page(Action.CHARGES_LOOK)
def replays(request: HttpRequest) -> HttpResponse:
    """Show the replays of the city, and the form that asks for one."""
    city = city_of(request, Action.CHARGES_LOOK)
    shown = Paginator(_replays(request, city), PAGE_SIZE).get_page(request.GET.get("page"))
    book, this_year = rulebook_now(city), timezone.localdate().year
    context = {
        "city": city,
        "page": shown,
        "jobs": shown.object_list,
        "years": range(this_year - 1, this_year - YEARS, -1),
        "choices": _choices(request, city, book),
        "kinds": [(kind.value, str(REPLAY_KINDS[kind.value])) for kind in _kinds()],
        "chosen": request.GET.get("value", ""),
        "may_ask": may(request.user, Action.RULES_PROPOSE) or may(request.user, Action.RULES_REVIEW),
    }
    return render(request, "rules/replays.html", context)


@page(Action.RULES_LOOK, methods=("POST",))
def start_replay(request: HttpRequest) -> HttpResponse:
    """Ask for a replay."""
    city = city_of(request)
    chosen = words_of(request.POST, "value", limit=240)
    sort, _sep, rest = chosen.partition(":")
    rule, _sep, which = rest.partition(":")
    year, kind = key_of(request.POST, "year"), request.POST.get("kind", "")
    if sort not in ("proposal", "shipped") or year is None or kind not in REPLAY_KINDS:
        raise Http404
    is_proposal = sort == "proposal"
    if is_proposal and not which.isdecimal():
        raise Http404
    try:
        asked = AskedReplay(
            year=year,
            kind=RunKind(kind),
            rule=rule,
            proposal=int(which) if is_proposal else None,
            digest="" if is_proposal else which,
        )
        job = ask_replay(request.user, city.pk, asked)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("replays")
    return redirect("replay", job.pk)


@page(Action.CHARGES_LOOK)
def replay(request: HttpRequest, key: int) -> HttpResponse:
    """Show what a replay found: totals, parts, and the users with what each would pay more or less."""
    job, city = _replay(request, key)
    if not job.result_stored_name:
        return render(request, "rules/replay_waits.html", {"job": job, "city": city})
    found = replay_result(job)
    rows = _wanted(request, found["rows"])
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    book = rulebook_now(city)
    context = {
        "job": job,
        "city": city,
        "found": found,
        "title": rule_name(book[found["rule"]]) if found["rule"] in book else found["rule"],
        "kind": word(REPLAY_KINDS, found["kind"]),
        "sums": _sums(found["totals"]),
        "classes": [(_class_word(each["name"]), _sums(each)) for each in found["by_class"]],
        "districts": [(each["name"] or "—", _sums(each)) for each in found["by_district"]],
        "page": shown,
        "rows": [_shown(row) for row in shown.object_list],
        "sides": [(code, str(said)) for code, said in REPLAY_SIDES.items()],
        "class_choices": [(each["name"], _class_word(each["name"])) for each in found["by_class"]],
        "wanted": {name: request.GET.get(name, "") for name in ("q", "side", "class")},
    }
    return render(request, "rules/replay.html", context)


@page(Action.CHARGES_LOOK)
def replay_export(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Send the users of a replay that the filter leaves."""
    job, city = _replay(request, key)
    if ending not in WRITERS or not job.result_stored_name:
        raise Http404
    found = replay_result(job)
    rows = _wanted(request, found["rows"])
    wanted = said_filter(
        [
            (_("文字"), request.GET.get("q", "")),
            (_("变化"), word(REPLAY_SIDES, request.GET["side"]) if request.GET.get("side") else ""),
            (_("价格类别"), _class_word(request.GET["class"]) if request.GET.get("class") else ""),
        ]
    )
    notes = [
        _sum_words(found["totals"]),
        *export_notes(request, wanted=wanted, order=_("增减金额"), count=len(rows)),
    ]
    sheet = Sheet(
        title=f"{_('规则回放')} {job.title}",
        columns=_columns(),
        rows=[_cells(row) for row in rows],
        notes=notes,
    )
    record_export(request.user, f"job:{key}", rows=len(rows), action=Action.CHARGES_LOOK)
    return attachment(WRITERS[ending](sheet), name=f"{city.name}_{sheet.title}.{ending}")


def _kinds() -> list[RunKind]:
    return list(dict.fromkeys(kind for kinds in KINDS_OF.values() for kind in kinds))


def _replays(request: HttpRequest, city: Place) -> QuerySet[Job]:
    return jobs(seen(request, Action.CHARGES_LOOK)).filter(kind=JobKind.REPLAY, place=city)


def _replay(request: HttpRequest, key: int) -> tuple[Job, Place]:
    """Return a replay of a city that the reader sees as a whole."""
    job = job_in_sight(seen(request, Action.CHARGES_LOOK), key)
    if job is None or job.kind != JobKind.REPLAY or job.place is None:
        raise Http404
    city_of(request, Action.CHARGES_LOOK)
    return job, job.place


def _choices(request: HttpRequest, city: Place, book: Rulebook) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the values with which a year can be replayed, by rule: proposals first, then other places."""
    sight, found = seen(request, Action.RULES_LOOK), []
    for rule in (book[each] for each in KINDS_OF if each in book):
        rows = [
            row for row in proposals_of(sight, city, rule=rule.id) if row.state in ("proposed", "accepted")
        ]
        options = [
            (
                f"proposal:{rule.id}:{row.pk}",
                _("本市建议，自%(day)s：%(reason)s") % {"day": row.valid_from, "reason": row.reason[:40]},
            )
            for row in rows
        ]
        for value in rule.values:
            if value.check is not None and any(row.valid_from == value.valid_from for row in rows):
                continue
            shown = shown_value(rule, value, city)
            if shown.source is not None:
                label = f"{shown.place} {value.valid_from} {shown.words[:60]}"
                options.append((f"shipped:{rule.id}:{shown.digest}", label))
        if options:
            found.append((rule_name(rule), options))
    return found


def _wanted(request: HttpRequest, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that a filter leaves, the greatest change first, the unknown last."""
    wanted, side, price_class = (request.GET.get(name, "") for name in ("q", "side", "class"))
    tells = _TELLS.get(side)
    found = [
        row
        for row in rows
        if (tells is None or tells(row))
        and (not price_class or row["class"] == price_class)
        and (not wanted or wanted in row["name"] or row["number"].startswith(wanted))
    ]
    return sorted(found, key=lambda row: (row["why"] != "", -abs(row["new"] - row["old"]), row["number"]))


_TELLS = {
    "more": lambda row: not row["why"] and row["new"] > row["old"],
    "less": lambda row: not row["why"] and row["new"] < row["old"],
    "same": lambda row: not row["why"] and row["new"] == row["old"],
    "unknown": lambda row: bool(row["why"]),
}


def _shown(row: Row) -> dict[str, Any]:
    is_known = not row["why"]
    return {
        **row,
        "class_word": _class_word(row["class"]),
        "volume": None if row["litres"] is None else Decimal(row["litres"]) / LITRES_OF_M3,
        "plan_m3": None if row["plan"] is None else Decimal(row["plan"]) / LITRES_OF_M3,
        "old_yuan": _yuan(row["old"]) if is_known else None,
        "new_yuan": _yuan(row["new"]) if is_known else None,
        "change": _signed(row["new"] - row["old"]) if is_known else None,
        "why_word": word(REPLAY_WHY, row["why"]) if row["why"] else "",
    }


def _sums(totals: Mapping[str, Any]) -> dict[str, Any]:
    change = totals["new"] - totals["old"]
    return {
        **totals,
        "old_yuan": _yuan(totals["old"]),
        "new_yuan": _yuan(totals["new"]),
        "change": _signed(change),
        "rate": "—" if not totals["old"] else f"{Decimal(change) / totals['old'] * 100:+.1f}%",
    }


def _sum_words(totals: Mapping[str, Any]) -> str:
    sums = _sums(totals)
    return _("原规则 %(old)s 元，新规则 %(new)s 元，相差 %(change)s 元；%(unknown)d 户数据不全，未计入") % {
        "old": sums["old_yuan"],
        "new": sums["new_yuan"],
        "change": sums["change"],
        "unknown": sums["unknown"],
    }


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / FEN:,.2f}"


def _signed(fen: int) -> str:
    return f"{Decimal(fen) / FEN:+,.2f}" if fen else "0.00"


def _class_word(name: str) -> str:
    if not name:
        return _("不明")
    known = PRICE_CLASSES.get(name) or USE_CLASSES.get(name)
    return str(known) if known else words_now().choices.get(name, name)


def _columns() -> list[Column]:
    number = ColumnForm.NUMBER
    return [
        Column(title=_("户号"), width=14, form=ColumnForm.CODE),
        Column(title=_("名称"), width=34),
        Column(title=_("所在区县"), width=14),
        Column(title=_("价格类别"), width=14),
        Column(title=_("全年水量（m³）"), width=16, form=number),
        Column(title=_("计划（m³）"), width=16, form=number),
        Column(title=_("原规则（元）"), width=16, form=number),
        Column(title=_("新规则（元）"), width=16, form=number),
        Column(title=_("增减（元）"), width=16, form=number),
        Column(title=_("缺什么"), width=20),
    ]


def _cells(row: Row) -> list[Any]:
    is_known = not row["why"]
    volume, plan = (
        None if row[name] is None else Decimal(row[name]) / LITRES_OF_M3 for name in ("litres", "plan")
    )
    old, new = (Decimal(row[name]) / FEN if is_known else None for name in ("old", "new"))
    return [
        row["number"],
        row["name"],
        row["district"],
        _class_word(row["class"]),
        volume,
        plan,
        old,
        new,
        None if old is None or new is None else new - old,
        word(REPLAY_WHY, row["why"]) if row["why"] else "",
    ]
