"""Pages of the rulebook: all rules, one rule, values that nobody has checked, and checking them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_rule_uses import uses_of_rule
from shuiheng.adapters.records.queries_rules import checks_in_sight, proposals_of
from shuiheng.adapters.rulebook.cases import shipped_cases
from shuiheng.rules.checks import check_rule_is_not_looser, check_rule_is_not_silent
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Mark, Parameter
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.services.rules.place_code import set_place_code
from shuiheng.services.rules.rule_checks import check_value, undo_check
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.fields import FieldError, day_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.rules.city import cities_of, city_of
from shuiheng.web.pages.rules.shown import (
    RuleLine,
    ShownValue,
    by_topic,
    has_words,
    held_on,
    language,
    matches,
    rule_lines,
    rule_name,
    shown_value,
    words_now,
)
from shuiheng.web.pages.rules.told import told
from shuiheng.web.pages.rules.used import gates_that_ask, shown_uses
from shuiheng.web.saying import tried
from shuiheng.web.sending import attachment
from shuiheng.web.words_rules import CASE_WORDS

WRITERS = {"xlsx": write_workbook, "csv": write_csv}
ROOMS = ("charges", "allowances", "rules")
SLICE = re.compile(r"slice_(\d+)_m3")
MARKS = ("", "unchecked", "local", "none")
MOST_OPEN = 500


@page(Action.RULES_LOOK)
def rules(request: HttpRequest) -> HttpResponse:
    """Show every rule by topic with what it says in the city on a day."""
    city, on = city_of(request), asked_day(request)
    every = rule_lines(rulebook_now(city), city, on)
    lines = [line for line in every if _is_wanted(request, line)]
    context = {
        "city": city,
        "cities": cities_of(request),
        "on": on,
        "groups": by_topic(lines),
        "is_searched": any(request.GET.get(name) for name in ("q", "mark")),
        "count": len(lines),
        "topics": [(topic, word) for topic, word in words_now().topics.items()],
        "wanted": {name: request.GET.get(name, "") for name in ("q", "topic", "mark")},
        "tally": _tally(every),
        "may_code": may(request.user, Action.RULES_PROPOSE),
        "waiting": len(proposals_of(seen(request, Action.RULES_LOOK), city, state="proposed")),
    }
    return render(request, "rules/list.html", context)


@page(Action.RULES_LOOK)
def rules_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the rules that the filter leaves, each with what it says on the day."""
    if ending not in WRITERS:
        raise Http404
    city, on = city_of(request), asked_day(request)
    every = rule_lines(rulebook_now(city), city, on)
    lines = [line for line in every if _is_wanted(request, line)]
    wanted = said_filter(
        [
            (_("文字"), words_of(request.GET, "q", limit=60)),
            (_("类别"), words_now().topics.get(request.GET.get("topic", ""), "")),
            (_("日期"), on.isoformat()),
        ]
    )
    notes = export_notes(request, wanted=wanted, order=_("类别"), count=len(lines))
    title = _("%(city)s现行规则") % {"city": city.name}
    sheet = Sheet(title=title, columns=_columns(), rows=[_cells(line) for line in lines], notes=notes)
    record_export(request.user, "rules", rows=len(lines), action=Action.RULES_LOOK)
    return attachment(WRITERS[ending](sheet), name=f"{title}_{on:%Y%m%d}.{ending}")


@page(Action.RULES_LOOK)
def rule(request: HttpRequest, topic: str, name: str) -> HttpResponse:
    """Show one rule: what holds today and why, its history, where it is used, its worked cases."""
    city, on = city_of(request), asked_day(request)
    found = known_rule(city, topic, name)
    sight = seen(request, Action.RULES_LOOK)
    held = held_on(found, city, on)
    values = [shown_value(found, value, city) for value in found.values]
    values.sort(key=lambda each: (not each.is_own, each.value.area, -each.value.valid_from.toordinal()))
    context = {
        "city": city,
        "on": on,
        "rule": found,
        "topic": topic,
        "name": name,
        "title": rule_name(found),
        "topic_word": words_now().topics.get(topic, topic),
        "held": None if held is None else shown_value(found, held.value, city),
        "findings": _findings(found, city),
        "own": [each for each in values if each.is_own],
        "others": [each for each in values if not each.is_own],
        "proposals": proposals_of(sight, city, rule=found.id),
        "checks": checks_in_sight(sight, city, found.id),
        "uses": shown_uses(request.user, uses_of_rule(sight, city, found.id)),
        "asked_by": gates_that_ask(found.id),
        "cases": _cases(found),
        "may_propose": may(request.user, Action.RULES_PROPOSE),
        "may_review": may(request.user, Action.RULES_REVIEW),
    }
    return render(request, "rules/rule.html", context)


@page(Action.RULES_LOOK)
def unchecked_rules(request: HttpRequest) -> HttpResponse:
    """Show the values that nobody has held against their source, the city's own chain first."""
    city, every = city_of(request), bool(request.GET.get("all"))
    book = rulebook_now(city)
    wanted = {name: words_of(request.GET, name, limit=60) for name in ("q", "topic", "mark")}
    shown = [
        each
        for each in unchecked_values(book, city, every=every)
        if _is_open_wanted(each, rule_name(book[each.value.rule]), wanted)
    ]
    context = {
        "city": city,
        "values": [(each, rule_name(book[each.value.rule])) for each in shown[:MOST_OPEN]],
        "hidden": max(0, len(shown) - MOST_OPEN),
        "count": len(shown),
        "wanted": wanted,
        "topics": words_now().topics.items(),
        "every": every,
        "may_review": may(request.user, Action.RULES_REVIEW),
    }
    return render(request, "rules/unchecked.html", context)


@page(Action.RULES_REVIEW, methods=("POST",))
def check_rule(request: HttpRequest) -> HttpResponse:
    """Write down that the reader has held a value against its source."""
    city = city_of(request, Action.RULES_REVIEW)
    rule_id = words_of(request.POST, "rule", limit=120)
    digest = words_of(request.POST, "digest", limit=64)
    note = words_of(request.POST, "note", limit=300)
    tried(
        request,
        lambda: check_value(request.user, city.pk, rule=rule_id, digest=digest, note=note),
        done=_("已记录核对。"),
    )
    return _back(request, rule_id)


@page(Action.RULES_REVIEW, methods=("POST",))
def undo_rule_check(request: HttpRequest, key: int) -> HttpResponse:
    """Take a check back."""
    done: list[str] = []
    tried(request, lambda: done.append(undo_check(request.user, key).rule), done=_("核对已撤销。"))
    return _back(request, done[0] if done else "")


@page(Action.RULES_PROPOSE, methods=("POST",))
def place_code(request: HttpRequest) -> HttpResponse:
    """Write down the code of the city."""
    city = city_of(request, Action.RULES_PROPOSE)
    code = words_of(request.POST, "code", limit=12)
    tried(request, lambda: set_place_code(request.user, city.pk, code), done=_("区划代码已登记。"))
    return redirect("rules")


def known_rule(city: Place, topic: str, name: str) -> Parameter:
    """Return a rule of a city's rulebook.

    Raises:
        Http404: There is none.
    """
    book = rulebook_now(city)
    if f"{topic}/{name}" not in book:
        raise Http404
    return book[f"{topic}/{name}"]


def asked_day(request: HttpRequest) -> date:
    """Return the day that is asked for; today when none that can be read is."""
    try:
        return day_of(request.GET, "on") or timezone.localdate()
    except FieldError:
        return timezone.localdate()


def unchecked_values(book: Rulebook, city: Place, *, every: bool) -> list[ShownValue]:
    """Return the values that stand without a check, of the city and what is above it, or of all places."""
    found = []
    for rule_ in book.values():
        for value in rule_.values:
            is_open = value.check is None and value.withdrawn_on is None and value.mark is not Mark.DEFAULT
            if is_open:
                shown = shown_value(rule_, value, city)
                found += [shown] if every or shown.is_own else []
    return sorted(found, key=lambda each: (not each.may_be_checked, each.value.rule, each.value.area))


def _is_wanted(request: HttpRequest, line: RuleLine) -> bool:
    topic, mark = request.GET.get("topic", ""), request.GET.get("mark", "")
    if topic and line.topic != topic:
        return False
    if mark in MARKS and mark and not _TELLS[mark](line):
        return False
    return matches(line, words_of(request.GET, "q", limit=60))


def _is_open_wanted(shown: ShownValue, name: str, wanted: Mapping[str, str]) -> bool:
    value = shown.value
    if wanted["topic"] and not value.rule.startswith(f"{wanted['topic']}/"):
        return False
    if wanted["mark"] in (Mark.FOUND, Mark.KNOWN) and value.mark != wanted["mark"]:
        return False
    return has_words((name, value.rule, shown.words, shown.title, value.clause, shown.place), wanted["q"])


_TELLS = {
    "unchecked": lambda line: line.held is not None and line.held.value.check is None,
    "local": lambda line: line.is_local,
    "none": lambda line: line.held is None,
}


def _tally(lines: list[RuleLine]) -> dict[str, int]:
    return {name: sum(1 for line in lines if tells(line)) for name, tells in _TELLS.items()} | {
        "all": len(lines),
        "looser": sum(1 for line in lines if line.looser),
    }


def _findings(found: Parameter, city: Place) -> list[str]:
    """Return what is wrong with the values of a city and its districts beside those above."""
    own = area_of_city(city)
    every = (*check_rule_is_not_looser(found), *check_rule_is_not_silent(found))
    return [
        told(each, found, city) for each in every if own and str(dict(each.values)["area"]).startswith(own)
    ]


def _cases(found: Parameter) -> list[dict[str, object]]:
    """Return the worked cases in which a value of a rule plays a part."""
    shown = []
    for case in (each for room in ROOMS for each in shipped_cases(room)):
        if not any(value.rule == found.id for value in case.rules.values()):
            continue
        given, expected = (
            [(_case_word(name), str(part)) for name, part in each.items() if not isinstance(part, dict)]
            for each in (case.given, case.expected)
        )
        shown.append(
            {"name": case.names[language()], "given": given, "expected": expected, "basis": case.basis}
        )
    return shown


def _case_word(name: str) -> str:
    """Return the word for an input or a result of a worked case."""
    place = SLICE.fullmatch(name)
    if place is not None:
        return _("第%(n)s档水量（m³）") % {"n": place[1]}
    return str(CASE_WORDS[name]) if name in CASE_WORDS else words_now().field(name)


def _columns() -> list[Column]:
    return [
        Column(title=_("类别"), width=16),
        Column(title=_("规则"), width=34),
        Column(title=_("编号"), width=34, form=ColumnForm.CODE),
        Column(title=_("现行规定"), width=60),
        Column(title=_("适用地区"), width=14),
        Column(title=_("自何日起"), width=12, form=ColumnForm.CODE),
        Column(title=_("文件"), width=40),
        Column(title=_("条款"), width=16),
        Column(title=_("原文所载"), width=30),
        Column(title=_("来源程度"), width=16),
        Column(title=_("核对"), width=20),
    ]


def _cells(line: RuleLine) -> list[str | None]:
    topic, held = words_now().topics.get(line.topic, line.topic), line.held
    head = [topic, line.name, line.rule.id]
    if held is None:
        return [*head, None, None, None, None, None, None, None, None]
    value = held.value
    check = value.check
    return [
        *head,
        held.words,
        held.place,
        value.valid_from.isoformat(),
        held.title,
        value.clause,
        "、".join(value.printed),
        words_now().marks[value.mark.value],
        _("未核对") if check is None else f"{check.by} {check.on}",
    ]


def _back(request: HttpRequest, rule_id: str) -> HttpResponse:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return redirect(wanted)
    topic, _sep, name = rule_id.partition("/")
    return redirect("rule", topic, name) if name else redirect(reverse("rules"))
