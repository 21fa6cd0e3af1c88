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
from shuiheng.services.rules.norms_now import standard_name
from shuiheng.services.rules.replay import KINDS_OF, NORMS, AskedReplay, ask_replay, replay_result
from shuiheng.services.rules.rulebook_now import rulebook_now
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.rules.city import city_of
from shuiheng.web.pages.rules.shown import rule_name, shown_value, words_now
from shuiheng.web.saying import say_error
from shuiheng.web.sending import attachment
from shuiheng.web.words import Words, word
from shuiheng.web.words_ledger import PRICE_CLASSES, USE_CLASSES
from shuiheng.web.words_rules import NORM_MISSING, REPLAY_KINDS, REPLAY_SIDES, REPLAY_VOLUME_SIDES, REPLAY_WHY

WRITERS = {"xlsx": write_workbook, "csv": write_csv}
PAGE_SIZE, YEARS, LITRES_OF_M3, SHOWN_NORMS = 50, 6, 1000, 20
FEN, LITRES = "fen", "litres"
PARTS_OF = {FEN: (Decimal(100), 2), LITRES: (Decimal(LITRES_OF_M3), 3)}
PLAN, NORM = "plan", "norm"
WHY = {**NORM_MISSING, **REPLAY_WHY}
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
    book, unit, norms = rulebook_now(city), _unit(found), found.get("norms", ())
    context = {
        "job": job,
        "city": city,
        "found": found,
        "title": _title(book, found["rule"]),
        "is_of_norms": found["rule"] == NORMS,
        "is_of_volumes": unit == LITRES,
        "unit": _unit_word(unit),
        "heads": _heads(unit),
        "base": _base_head(found),
        "has_norm": NORM in found.get("base", ()),
        "norms": [{**each, "standard_name": standard_name(each["standard"])} for each in norms[:SHOWN_NORMS]],
        "more_norms": max(0, len(norms) - SHOWN_NORMS),
        "kind": word(REPLAY_KINDS, found["kind"]),
        "sums": _sums(found["totals"], unit),
        "classes": [(_class_word(each["name"]), _sums(each, unit)) for each in found["by_class"]],
        "districts": [(each["name"] or "—", _sums(each, unit)) for each in found["by_district"]],
        "page": shown,
        "rows": [_shown(row, unit) for row in shown.object_list],
        "sides": [(code, str(said)) for code, said in _sides(unit).items()],
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
    rows, unit = _wanted(request, found["rows"]), _unit(found)
    wanted = said_filter(
        [
            (_("文字"), request.GET.get("q", "")),
            (_("变化"), word(_sides(unit), request.GET["side"]) if request.GET.get("side") else ""),
            (_("价格类别"), _class_word(request.GET["class"]) if request.GET.get("class") else ""),
        ]
    )
    notes = [
        _sum_words(found["totals"], unit),
        *export_notes(request, wanted=wanted, order=_heads(unit)[2], count=len(rows)),
    ]
    sheet = Sheet(
        title=f"{_('规则回放')} {job.title}",
        columns=_columns(found),
        rows=[_cells(row, found) for row in rows],
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


def _unit(found: Row) -> str:
    """Return what is compared: fen, or litres that norms allow."""
    return str(found.get("unit", FEN))


def _unit_word(unit: str) -> str:
    return "m³" if unit == LITRES else _("元")


def _sides(unit: str) -> Words:
    return REPLAY_VOLUME_SIDES if unit == LITRES else REPLAY_SIDES


def _title(book: Rulebook, rule: str) -> str:
    if rule == NORMS:
        return _("用水定额")
    return rule_name(book[rule]) if rule in book else rule


def _heads(unit: str) -> tuple[str, str, str]:
    if unit == LITRES:
        return _("原定额水量（m³）"), _("新定额水量（m³）"), _("增减（m³）")
    return _("原规则（元）"), _("新规则（元）"), _("增减（元）")


def _base_head(found: Row) -> str:
    """Return what use is held against."""
    base = set(found.get("base", (PLAN,)))
    if base == {NORM}:
        return _("定额水量（m³）")
    return _("计划（m³）") if base == {PLAN} else _("计划或定额（m³）")


def _base_heads(found: Row) -> list[str]:
    """Return the heads of what use is held against, on both sides where norms may differ."""
    if _unit(found) == LITRES:
        return []
    return [_base_head(found), _("改后（m³）")] if NORM in found.get("base", ()) else [_base_head(found)]


def _shown(row: Row, unit: str) -> dict[str, Any]:
    is_known = not row["why"]
    return {
        **row,
        "class_word": _class_word(row["class"]),
        "plan_after": row["plan_new"] if row.get("plan_new", row["plan"]) != row["plan"] else None,
        "old_amount": _amount(row["old"], unit) if is_known else None,
        "new_amount": _amount(row["new"], unit) if is_known else None,
        "change": _signed(row["new"] - row["old"], unit) if is_known else None,
        "why_word": word(WHY, row["why"]) if row["why"] else "",
    }


def _sums(totals: Mapping[str, Any], unit: str) -> dict[str, Any]:
    change = totals["new"] - totals["old"]
    return {
        **totals,
        "old_amount": _amount(totals["old"], unit),
        "new_amount": _amount(totals["new"], unit),
        "change": _signed(change, unit),
        "rate": "—" if not totals["old"] else f"{Decimal(change) / totals['old'] * 100:+.1f}%",
    }


def _sum_words(totals: Mapping[str, Any], unit: str) -> str:
    sums = _sums(totals, unit)
    said = _("原来 %(old)s，改后 %(new)s，相差 %(change)s（%(unit)s）；%(unknown)d 户数据不全，未计入")
    return said % {
        "unit": _unit_word(unit),
        "old": sums["old_amount"],
        "new": sums["new_amount"],
        "change": sums["change"],
        "unknown": sums["unknown"],
    }


def _amount(parts: int, unit: str) -> str:
    whole, places = PARTS_OF[unit]
    return f"{Decimal(parts) / whole:,.{places}f}"


def _signed(parts: int, unit: str) -> str:
    return f"{'+' if parts > 0 else ''}{_amount(parts, unit)}"


def _class_word(name: str) -> str:
    if not name:
        return _("不明")
    known = PRICE_CLASSES.get(name) or USE_CLASSES.get(name)
    return str(known) if known else words_now().choices.get(name, name)


def _columns(found: Row) -> list[Column]:
    number = ColumnForm.NUMBER
    bases = [Column(title=head, width=16, form=number) for head in _base_heads(found)]
    compared = [Column(title=head, width=16, form=number) for head in _heads(_unit(found))]
    return [
        Column(title=_("户号"), width=14, form=ColumnForm.CODE),
        Column(title=_("名称"), width=34),
        Column(title=_("所在区县"), width=14),
        Column(title=_("价格类别"), width=14),
        Column(title=_("全年水量（m³）"), width=16, form=number),
        *bases,
        *compared,
        Column(title=_("缺什么"), width=20),
    ]


def _cells(row: Row, found: Row) -> list[Any]:
    is_known = not row["why"]
    whole, _places = PARTS_OF[_unit(found)]
    bases = [row["plan"], row.get("plan_new")][: len(_base_heads(found))]
    old, new = (Decimal(row[name]) / whole if is_known else None for name in ("old", "new"))
    return [
        row["number"],
        row["name"],
        row["district"],
        _class_word(row["class"]),
        *(None if each is None else Decimal(each) / LITRES_OF_M3 for each in (row["litres"], *bases)),
        old,
        new,
        None if old is None or new is None else new - old,
        word(WHY, row["why"]) if row["why"] else "",
    ]
