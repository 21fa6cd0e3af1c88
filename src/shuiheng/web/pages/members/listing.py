"""What the pages of lists show: the rules of a year with their lists, and one list as a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import MemberList, MemberRow, Place
from shuiheng.adapters.records.queries_members import (
    CHANGES,
    LIMIT,
    STANDINGS,
    MemberFilter,
    lists_of_year,
    member_rows,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.ledger.member_rules import PassedOver, rules_in_force, terms_of
from shuiheng.web import words
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.fields import key_of
from shuiheng.web.filters import plain
from shuiheng.web.templatetags.member_words import limit_text, who_text
from shuiheng.web.words_members import CHANGES as CHANGE_WORDS
from shuiheng.web.words_members import DOUBTS, MEMBER_LISTS, TABLES
from shuiheng.web.words_members import STANDINGS as STANDING_WORDS

CODE, NUMBER = ColumnForm.CODE, ColumnForm.NUMBER
LITRES_OF_M3 = 1000


@dataclass(slots=True, kw_only=True)
class RuleLine:
    """A rule, as the page shows it, with the lists that were drawn by it for the year.

    Args:
        id: Id of the rule.
        terms: What it says, as a list keeps it.
        clause: Words or place in the source.
        is_in_force: Whether the rule holds still.
        adopted: The adopted list, or None.
        draft: The draft, or None.
    """

    id: str
    terms: Mapping[str, Any]
    clause: str
    is_in_force: bool = True
    adopted: MemberList | None = None
    draft: MemberList | None = None

    @property
    def shown(self) -> MemberList | None:
        """The list whose figures count: the adopted one before the draft."""
        return self.adopted or self.draft


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage:
    """The rules of a year with their lists, and the cut-offs that are no rules."""

    lines: Sequence[RuleLine] = field(default_factory=list)
    over: Sequence[PassedOver] = field(default_factory=list)


def year_page(seen: Sight, city: Place, year: int) -> YearPage:
    """Return the rules of a city in a year with their lists; rules gone since come last."""
    rules, over = rules_in_force(seen, city, year)
    lines = {rule.id: RuleLine(id=rule.id, terms=terms_of(rule), clause=rule.clause) for rule in rules}
    for each in lists_of_year(seen, city, year):
        line = lines.setdefault(
            each.rule, RuleLine(id=each.rule, terms=each.terms, clause=each.clause, is_in_force=False)
        )
        if each.adopted_at is not None:
            line.adopted = each
        else:
            line.draft = each
    return YearPage(lines=list(lines.values()), over=over)


def wanted_from(query: Mapping[str, str]) -> MemberFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    standing, change = query.get("standing", ""), query.get("change", "")
    return MemberFilter(
        words=plain(query.get("q", ""))[:LIMIT],
        district=key_of(query, "district"),
        standing=standing if standing in STANDINGS else "",
        change=change if change in CHANGES else "",
        most_first=query.get("order") == "most",
    )


def member_sheet(
    request: HttpRequest, seen: Sight, listed: MemberList, wanted: MemberFilter, districts: Sequence[Place]
) -> Sheet:
    """Return the users of a list that a filter leaves; it holds no names or numbers of people."""
    rows = [_cells(row) for row in member_rows(seen, listed, wanted)]
    terms = listed.terms
    notes = [
        _("标准：%(limit)s；适用：%(who)s") % {"limit": limit_text(terms), "who": who_text(terms)},
        _("依据：%(source)s %(clause)s") % {"source": terms["source"], "clause": listed.clause},
        _state_words(listed),
        *export_notes(
            request,
            wanted=_filter_words(wanted, districts),
            order=_("水量从大到小") if wanted.most_first else _("户号"),
            count=len(rows),
        ),
    ]
    title = f"{listed.year} {words.word(MEMBER_LISTS, terms['duty'])}"
    return Sheet(title=title, columns=_columns(listed), rows=rows, notes=notes)


def _cells(row: MemberRow) -> list[Value]:
    organisation, values = row.user.organisation, row.values
    shares = values.get("shares") or [None, None, None]
    return [
        row.user.number,
        organisation.name,
        organisation.credit_code,
        organisation.place.name,
        None if row.litres is None else Decimal(row.litres) / LITRES_OF_M3,
        *(None if share is None else Decimal(str(share)) * 100 for share in shares),
        words.word(STANDING_WORDS, row.standing),
        words.word(CHANGE_WORDS, values["change"]) if values["change"] else "",
        "、".join(words.word(DOUBTS, doubt) for doubt in values["doubts"]),
    ]


def _columns(listed: MemberList) -> list[Column]:
    quantity = words.word(TABLES["quantity"], listed.terms["quantity"])
    return [
        Column(title=_("户号"), width=12, form=CODE),
        Column(title=_("名称"), width=34),
        Column(title=_("统一社会信用代码"), width=22, form=CODE),
        Column(title=_("所在区县"), width=14),
        Column(title=f"{quantity}（m³）", width=18, form=NUMBER),
        Column(title=_("实测时间占比（%）"), width=12, form=NUMBER),
        Column(title=_("估算时间占比（%）"), width=12, form=NUMBER),
        Column(title=_("缺失时间占比（%）"), width=12, form=NUMBER),
        Column(title=_("结论"), width=10),
        Column(title=_("与上年相比"), width=14),
        Column(title=_("待核实事项"), width=24),
    ]


def _state_words(listed: MemberList) -> str:
    drawn = timezone.localtime(listed.drawn_at).strftime("%Y-%m-%d %H:%M")
    if listed.withdrawn_at is not None:
        return _("已撤回，生成于 %(at)s") % {"at": drawn}
    if listed.adopted_at is not None:
        return _("已认定，认定于 %(on)s") % {"on": timezone.localtime(listed.adopted_at).date()}
    return _("草稿，未认定，生成于 %(at)s") % {"at": drawn}


def _filter_words(wanted: MemberFilter, districts: Sequence[Place]) -> str:
    district = next((place.name for place in districts if place.pk == wanted.district), "")
    return said_filter(
        [
            (_("文字"), wanted.words),
            (_("区县"), district),
            (_("结论"), words.word(STANDING_WORDS, wanted.standing) if wanted.standing else ""),
            (_("与上年相比"), words.word(CHANGE_WORDS, wanted.change) if wanted.change else ""),
        ]
    )
