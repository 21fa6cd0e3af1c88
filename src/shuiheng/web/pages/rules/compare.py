"""The page that holds the rules of two days, or of two places, beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, Sheet, write_csv, write_workbook
from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.places import shipped_places
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.in_force import Rulebook, in_force
from shuiheng.rules.parameter import Asked, DatedValue, Parameter
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now
from shuiheng.web.exporting import export_notes
from shuiheng.web.fields import FieldError, day_of
from shuiheng.web.page import page
from shuiheng.web.pages.rules.city import city_of
from shuiheng.web.pages.rules.shown import (
    ShownDifference,
    ShownValue,
    differences,
    language,
    place_name,
    rule_name,
    shown_value,
)
from shuiheng.web.sending import attachment

WRITERS = {"xlsx": write_workbook, "csv": write_csv}
NATION = "CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A rule whose value differs between two sides; None where a side has none."""

    rule: Parameter
    name: str
    left: ShownValue | None
    right: ShownValue | None
    parts: Sequence[ShownDifference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Two places and two days that are compared, and the one rule that is asked for, if any."""

    left: Asked
    right: Asked
    rule: str = ""


@page(Action.RULES_LOOK)
def compare_rules(request: HttpRequest) -> HttpResponse:
    """Show what differs between two days or two places."""
    city = city_of(request)
    sides, book = _sides(request, city), rulebook_now(city)
    is_asked = sides.left != sides.right
    context = {
        "city": city,
        "sides": sides,
        "left_place": place_name(sides.left.area, city),
        "right_place": place_name(sides.right.area, city),
        "areas": _areas(city),
        "rules": sorted((rule_name(each), each.id) for each in book.values()),
        "rows": compared(book, sides, city) if is_asked else [],
        "is_asked": is_asked,
    }
    return render(request, "rules/compare.html", context)


@page(Action.RULES_LOOK)
def compare_rules_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the differences."""
    if ending not in WRITERS:
        raise Http404
    city = city_of(request)
    sides = _sides(request, city)
    rows = compared(rulebook_now(city), sides, city)
    heads = [f"{place_name(each.area, city)} {each.on}" for each in (sides.left, sides.right)]
    columns = [Column(title=title, width=40) for title in (_("规则"), _("部分"), *heads)]
    cells = [
        [row.name, part.name, part.old, part.new]
        for row in rows
        for part in row.parts or [ShownDifference(name="", old=_said(row.left), new=_said(row.right))]
    ]
    notes = export_notes(request, wanted=" / ".join(heads), order=_("规则"), count=len(cells))
    sheet = Sheet(title=_("规则比较"), columns=columns, rows=cells, notes=notes)
    record_export(request.user, "rules", rows=len(cells), action=Action.RULES_LOOK)
    return attachment(WRITERS[ending](sheet), name=f"{sheet.title}_{timezone.localdate():%Y%m%d}.{ending}")


def compared(book: Rulebook, sides: Sides, city: Place) -> list[Compared]:
    """Return the rules whose values differ between two sides."""
    rows = []
    for rule in book.values():
        if sides.rule and rule.id != sides.rule:
            continue
        left, right = _held(rule, sides.left), _held(rule, sides.right)
        if (left is None and right is None) or (left and right and left.value == right.value):
            continue
        rows.append(
            Compared(
                rule=rule,
                name=rule_name(rule),
                left=None if left is None else shown_value(rule, left, city),
                right=None if right is None else shown_value(rule, right, city),
                parts=differences(rule, left, right),
            )
        )
    return rows


def _held(rule: Parameter, asked: Asked) -> DatedValue | None:
    try:
        return in_force(rule, asked).value
    except NotInForceError:
        return None


def _sides(request: HttpRequest, city: Place) -> Sides:
    own, today = area_of_city(city), timezone.localdate()
    known = {area for area, _name in _areas(city)}

    def asked(side: str) -> Asked:
        area = request.GET.get(f"{side}_area", "")
        area = "" if area == NATION else area if area in known else own
        return Asked(area=area, on=_day(request, f"{side}_on", today))

    rule = request.GET.get("rule", "")
    return Sides(left=asked("left"), right=asked("right"), rule=rule)


def _day(request: HttpRequest, name: str, today: date) -> date:
    try:
        return day_of(request.GET, name) or today
    except FieldError:
        return today


def _areas(city: Place) -> list[tuple[str, str]]:
    """Return the places that can be compared; the nation by a word, as its code is empty."""
    own = area_of_city(city)
    named = {area or NATION: names[language()] for area, names in shipped_places().items()}
    if own:
        named[own] = city.name
    return sorted(named.items())


def _said(shown: ShownValue | None) -> str:
    return _("没有规定") if shown is None else shown.words
