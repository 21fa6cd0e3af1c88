"""The filter of a plan's allowances, and the plan as a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import AllowanceRound, Place, PlannedAllowance
from shuiheng.adapters.records.queries_rounds import LIMIT, STATES, AllowanceFilter, allowances_of_round
from shuiheng.adapters.records.sight import Sight
from shuiheng.web import words
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.fields import key_of
from shuiheng.web.filters import plain
from shuiheng.web.templatetags.allowance_words import source_name
from shuiheng.web.words_allowances import ROUND_STATES, ROW_STATES, SPLITS
from shuiheng.web.words_ledger import USE_CLASSES

CODE, NUMBER = ColumnForm.CODE, ColumnForm.NUMBER
MONTHS = 12


def wanted_from(query: Mapping[str, str]) -> AllowanceFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    state, use_class = query.get("state", ""), query.get("class", "")
    return AllowanceFilter(
        words=plain(query.get("q", ""))[:LIMIT],
        district=key_of(query, "district"),
        use_class=use_class if use_class in USE_CLASSES else "",
        state=state if state in STATES else "",
        most_first=query.get("order") == "most",
    )


def allowance_sheet(
    request: HttpRequest,
    seen: Sight,
    round_: AllowanceRound,
    *,
    is_whole: bool,
    districts: Sequence[Place],
) -> Sheet:
    """Return the allowances of a plan that the filter of a request leaves, with their months."""
    wanted = wanted_from(request.GET)
    found = allowances_of_round(seen, round_, wanted)
    if not is_whole:
        found = found.filter(published_at__isnull=False)
    rows = [_cells(row) for row in found]
    district = next((place.name for place in districts if place.pk == wanted.district), "")
    said = said_filter(
        (
            (_("文字"), wanted.words),
            (_("区县"), district),
            (_("用水类别"), words.word(USE_CLASSES, wanted.use_class) if wanted.use_class else ""),
            (_("状态"), words.word(ROW_STATES, wanted.state) if wanted.state else ""),
        )
    )
    order = _("指标从大到小") if wanted.most_first else _("户号")
    notes = [
        _("状态：%(state)s") % {"state": words.word(ROUND_STATES, round_.state)},
        *export_notes(request, wanted=said, order=order, count=len(rows)),
    ]
    title = _("%(year)d年度用水计划") % {"year": round_.year}
    return Sheet(title=title, columns=_columns(), rows=rows, notes=notes)


def _cells(row: PlannedAllowance) -> list[Value]:
    unit = row.user.organisation
    months: list[Value] = [Decimal(each) for each in row.months] or [None] * MONTHS
    return [
        row.user.number,
        unit.name,
        unit.credit_code,
        unit.place.name,
        source_name(row),
        row.computed_m3,
        row.volume_m3,
        *months,
        words.word(SPLITS, row.split) if row.split else "",
        row.reason,
        row.number,
        len(row.findings),
    ]


def _columns() -> list[Column]:
    return [
        Column(title=_("户号"), width=12, form=CODE),
        Column(title=_("名称"), width=34),
        Column(title=_("统一社会信用代码"), width=22, form=CODE),
        Column(title=_("所在区县"), width=14),
        Column(title=_("水源"), width=18),
        Column(title=_("核定值（m³）"), width=16, form=NUMBER),
        Column(title=_("年度指标（m³）"), width=16, form=NUMBER),
        *(Column(title=_("%(n)d月（m³）") % {"n": n}, width=12, form=NUMBER) for n in range(1, MONTHS + 1)),
        Column(title=_("分月方式"), width=16),
        Column(title=_("人工核定理由"), width=24),
        Column(title=_("通知文号"), width=22, form=CODE),
        Column(title=_("待核实事项（项）"), width=12, form=NUMBER),
    ]
