"""The list of organisations as a table that can leave the office; contacts are not in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Organisation
from shuiheng.adapters.records.queries_organisations import OrganisationFilter, places_of
from shuiheng.adapters.records.sight import Sight
from shuiheng.web import words, words_register
from shuiheng.web.exporting import export_notes, said_filter

Counts = Mapping[int, Mapping[str, int]]


def organisation_sheet(
    request: HttpRequest, units: Sequence[Organisation], *, counts: Counts, wanted: str
) -> Sheet:
    """Return organisations as a table, in the order of the page.

    Args:
        request: Who asks.
        units: The organisations.
        counts: How many tasks each has in each role.
        wanted: The filter in words.
    """
    rows = [_row(unit, counts.get(unit.pk, {})) for unit in units]
    notes = export_notes(request, wanted=wanted, order=_("按地区和单位的顺序"), count=len(rows))
    return Sheet(title=_("单位名录"), columns=_columns(), rows=rows, notes=notes)


def filter_words(seen: Sight, wanted: OrganisationFilter) -> str:
    """Return the filter of the page in words."""
    place = next((each for each in places_of(seen) if each.slug == wanted.place), None)
    return said_filter(
        [
            (_("类别"), words.word(words_register.ORGANISATION_KINDS, wanted.kind) if wanted.kind else ""),
            (_("地区"), place.name if place else wanted.place),
            (_("含已撤销单位"), _("是") if wanted.has_closed else ""),
            (_("文字"), wanted.words),
        ]
    )


def _row(unit: Organisation, counts: Mapping[str, int]) -> list[Value]:
    return [
        unit.name,
        unit.short_name,
        words.word(words_register.ORGANISATION_KINDS, unit.kind),
        unit.place.name,
        unit.credit_code,
        unit.to_on,
        *(counts.get(role, 0) for role in ("lead", "joint", "bound")),
    ]


def _columns() -> list[Column]:
    code, day, number = ColumnForm.CODE, ColumnForm.DAY, ColumnForm.NUMBER
    return [
        Column(title=_("单位"), width=34),
        Column(title=_("简称"), width=16),
        Column(title=_("类别"), width=12),
        Column(title=_("地区"), width=14),
        Column(title=_("统一社会信用代码"), width=22, form=code),
        Column(title=_("撤销日期"), width=12, form=day),
        Column(title=_("牵头任务"), width=10, form=number),
        Column(title=_("参与任务"), width=10, form=number),
        Column(title=_("落实任务"), width=10, form=number),
    ]
