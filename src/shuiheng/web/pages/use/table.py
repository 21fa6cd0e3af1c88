"""What the page of use shows: its rows with names and links, its picture, and the same rows as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.month_figures import DIVISION_DIGITS
from shuiheng.adapters.records.queries_use import Grouping, Key
from shuiheng.adapters.records.queries_use_names import GroupName, industries_of, names_of
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use
from shuiheng.adapters.rulebook.industries import industries
from shuiheng.services.permission import Action, may
from shuiheng.services.use.use_totals import GroupUse, UseAnswer, UseQuestion, is_comparable
from shuiheng.web import words
from shuiheng.web.pages.use.plans import Plan
from shuiheng.web.templatetags.volumes import LITRES_OF_A_M3, M3_OF_A_WAN, share, unit_name
from shuiheng.web.words_ledger import TABLES
from shuiheng.web.words_use import GROUPINGS, STEPS

SERIES = 8
"""So many groups have a colour of their own; the others are drawn together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One group of the table.

    Args:
        name: What it is called.
        code: Its number beside the name, or nothing.
        address: Where its name leads, or nothing.
        group: Its figures.
        share: Its share of all litres; None where one of them is not known.
    """

    name: str
    code: str
    address: str
    group: GroupUse
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What an export says of groups beside their use: their plans and their sections of industry."""

    plans: Mapping[Key, Plan] = field(default_factory=dict)
    sections: Mapping[Key, str] = field(default_factory=dict)


def ordered(answer: UseAnswer, order: str) -> Sequence[GroupUse]:
    """Return the groups in the order that was asked for."""
    if order == "missing":
        return sorted(answer.groups, key=lambda group: -_missing(group.now))
    if order == "change":
        return sorted(answer.groups, key=lambda group: (group.change_rate is None, -(group.change_rate or 0)))
    return answer.groups


def rows_of(
    request: HttpRequest, seen: Sight, asked: UseQuestion, groups: Iterable[GroupUse], answer: UseAnswer
) -> list[Row]:
    """Return groups of an answer as rows, with their names as of the last day that was asked for."""
    by, on, known = asked.by, asked.last, list(groups)
    names = names_in(seen, by, [group.key for group in known], on)
    whole = answer.whole.now.litres if answer.whole.now is not None else None
    return [
        Row(
            name=names[group.key].text,
            code=names[group.key].code,
            address=_address(request, by, group.key, names[group.key]),
            group=group,
            share=_share(group.now, whole),
        )
        for group in known
    ]


def names_in(seen: Sight, by: Grouping, keys: Sequence[Key], on: date) -> Mapping[Key, GroupName]:
    """Return the names of groups in the language of the page; each key has one."""
    found = names_of(seen, by, keys, on)
    named = {}
    for key in keys:
        name = found.get(key)
        if name is not None and name.words:
            name = GroupName(text=words.word(TABLES[name.words], name.text))
        named[key] = name or GroupName(text=_industry(by, key) or _("未注明"))
    return named


def sections_of(seen: Sight, by: Grouping, keys: Sequence[Key], on: date) -> Mapping[Key, str]:
    """Return the section of industry (行业门类) of users and divisions; others have none."""
    codes: Mapping[Key, str] = {}
    if by is Grouping.USER:
        codes = industries_of(seen, keys, on)
    elif by in (Grouping.DIVISION, Grouping.SECTION):
        codes = {key: key for key in keys if isinstance(key, str)}
    known = industries()
    language = "en" if (get_language() or "zh").startswith("en") else "zh"
    letters = {key: known.section_of.get(code[:DIVISION_DIGITS], code) for key, code in codes.items()}
    return {key: known.sections[each][language] for key, each in letters.items() if each in known.sections}


def picture(answer: UseAnswer, rows: Sequence[Row], *, wan: bool) -> dict[str, Any]:
    """Return what the picture draws: the largest groups, the others together, and the year before."""
    unit = LITRES_OF_A_M3 * (M3_OF_A_WAN if wan else 1)
    labels = [period.label for period in answer.periods]
    shown = rows[:SERIES]
    series = [
        {"name": row.name, "values": [_drawn(row.group.parts.get(label), unit) for label in labels]}
        for row in shown
    ]
    if len(answer.groups) > len(shown):
        rest = [_rest(answer.whole.parts.get(label), shown, label, unit) for label in labels]
        series.append({"name": _("其余"), "values": rest})
    found: dict[str, Any] = {
        "labels": labels,
        "series": series,
        "lacks": [_lack(answer.whole.parts.get(label)) for label in labels],
        "unit": str(unit_name(wan=wan)),
        "beforeName": _("上年同期合计"),
    }
    if answer.before:
        found["before"] = [_drawn(answer.before.get(label), unit) for label in labels]
    return found


def use_sheet(rows: Sequence[Row], answer: UseAnswer, beside: Beside, *, notes: Sequence[str]) -> Sheet:
    """Return the rows as a table in m³; a figure that is not known is an empty cell."""
    labels = [period.label for period in answer.periods]
    columns = [
        Column(title=_("分组"), width=34),
        Column(title=_("编号"), width=12, form=ColumnForm.CODE),
        Column(title=_("行业门类"), width=20),
        *(Column(title=title, width=16, form=ColumnForm.NUMBER) for title in _figures()),
        *(Column(title=f"{label} (m³)", width=14, form=ColumnForm.NUMBER) for label in labels),
    ]
    return Sheet(
        title=_("用水分析"),
        columns=columns,
        rows=[_cells(row, labels, beside) for row in rows],
        notes=notes,
    )


def grouping_words(by: Grouping, step: str) -> str:
    """Return in words how a table is grouped and cut."""
    return f"{words.word(GROUPINGS, by)} · {words.word(STEPS, step)}"


def _figures() -> list[str]:
    return [
        _("水量（m³）"),
        _("上年同期（m³）"),
        _("其中估算（m³）"),
        _("其中自备取水（m³）"),
        _("许可水量（m³/年）"),
        _("年度用水计划（m³）"),
        _("同期用水计划（m³）"),
        _("计划执行率"),
        _("缺失时间占比"),
        _("表·月数"),
        _("无数据的表·月数"),
    ]


def _cells(row: Row, labels: Sequence[str], beside: Beside) -> list[Value]:
    now, before, limit = row.group.now, row.group.before, row.group.limit
    plan = beside.plans.get(row.group.key)
    rate = plan.rate(now) if plan is not None else None
    is_known = now is not None and now.litres is not None
    return [
        row.name,
        row.code,
        beside.sections.get(row.group.key, ""),
        _exact(now.litres if now is not None else None),
        _exact(before.litres if before is not None else None),
        _exact(now.estimated_litres if now is not None and is_known else None),
        _exact(now.abstracted_litres if now is not None and is_known else None),
        _exact(limit.litres if limit is not None else None),
        _exact(plan.litres if plan is not None else None),
        _exact(plan.period_litres if plan is not None else None),
        None if rate is None else round(Decimal(rate), 4),
        None if now is None or now.missing_share is None else round(Decimal(now.missing_share), 4),
        None if now is None else now.meters,
        None if now is None else now.silent,
        *(_exact(_litres(row.group.parts.get(label))) for label in labels),
    ]


def _address(request: HttpRequest, by: Grouping, key: Key, name: GroupName) -> str:
    """Return where the name of a group leads: its own page, or the users that it holds."""
    if name.user is not None and may(request.user, Action.LEDGER_LOOK):
        return reverse("water_user", args=(name.user,))
    if name.meter is not None and may(request.user, Action.LEDGER_LOOK):
        return reverse("ledger_meter", args=(name.meter,))
    field = {Grouping.DISTRICT: "district", Grouping.USE_CLASS: "class", Grouping.ZONE: "zone"}.get(by)
    if field is None or key is None:
        return ""
    query = request.GET.copy()
    query.pop("page", None)
    query[field] = str(key)
    query["by"] = Grouping.METER.value if by is Grouping.ZONE else Grouping.USER.value
    return f"{reverse('use')}?{query.urlencode()}"


def _industry(by: Grouping, key: Key) -> str:
    known = industries()
    language = "en" if (get_language() or "zh").startswith("en") else "zh"
    if by is Grouping.SECTION and isinstance(key, str):
        return known.sections[key][language]
    if by is Grouping.DIVISION and isinstance(key, str):
        named = known.divisions.get(key) or known.sections.get(known.section_of.get(key, ""))
        return f"{key} {named[language]}" if named is not None else key
    return ""


def _missing(use: Use | None) -> float:
    share = use.missing_share if use is not None else None
    return share or 0.0


def _share(use: Use | None, whole: int | None) -> float | None:
    return use.litres / whole if use is not None and use.litres is not None and whole else None


def _litres(use: Use | None) -> int | None:
    return use.litres if use is not None else None


def _exact(litres: int | None) -> Decimal | None:
    return None if litres is None else Decimal(litres) / LITRES_OF_A_M3


def _drawn(use: Use | None, unit: int) -> float | None:
    litres = _litres(use)
    return None if litres is None else litres / unit


def _lack(use: Use | None) -> str:
    """Return what a period says below its name: how much is missing, where it is too much to compare."""
    if use is None or is_comparable(use):
        return ""
    return _("缺 %(share)s") % {"share": share(use.missing_share)}


def _rest(whole: Use | None, shown: Sequence[Row], label: str, unit: int) -> float | None:
    if whole is None or whole.litres is None:
        return None
    named = sum(_litres(row.group.parts.get(label)) or 0 for row in shown)
    return (whole.litres - named) / unit
