"""What the pages of awards share: the sheet of a list, refusals in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Award
from shuiheng.adapters.records.queries_awards import LIMIT, STATES, AwardFilter, awards_in_sight
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.derivation_words import derivation_words
from shuiheng.services.awards.award_papers import CheckWords
from shuiheng.services.errors import ServiceError
from shuiheng.web import words
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.fields import key_of
from shuiheng.web.filters import plain
from shuiheng.web.templatetags.award_words import fact_text
from shuiheng.web.words_awards import COMPARISONS, FACTS, KINDS, MATTERS, MONEY, VERDICTS
from shuiheng.web.words_awards import STATES as STATE_WORDS

CODE, NUMBER, DAY = ColumnForm.CODE, ColumnForm.NUMBER, ColumnForm.DAY


def wanted_from(query: Mapping[str, str]) -> AwardFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    state = query.get("state", "")
    return AwardFilter(
        words=plain(query.get("q", ""))[:LIMIT],
        scheme=key_of(query, "scheme"),
        state=state if state in STATES else "",
        has_twin=query.get("twin") == "1",
    )


def award_sheet(request: HttpRequest, seen: Sight, wanted: AwardFilter) -> Sheet:
    """Return the awards that a filter leaves."""
    rows = [_cells(row) for row in awards_in_sight(seen, wanted)]
    said = [
        (_("文字"), wanted.words),
        (_("状态"), words.word(STATE_WORDS, wanted.state) if wanted.state else ""),
        (_("疑似重复"), _("是") if wanted.has_twin else ""),
    ]
    columns = [
        Column(title=_("年度"), width=8, form=CODE),
        Column(title=_("项目"), width=30),
        Column(title=_("类型"), width=16),
        Column(title=_("户号"), width=12, form=CODE),
        Column(title=_("名称"), width=34),
        Column(title=_("办理事项"), width=30),
        Column(title=_("类别"), width=16),
        Column(title=_("实施开始日期"), width=12, form=DAY),
        Column(title=_("实施结束日期"), width=12, form=DAY),
        Column(title=_("资金来源"), width=12),
        Column(title=_("金额（元）"), width=16, form=NUMBER),
        Column(title=_("状态"), width=10),
        Column(title=_("疑似重复"), width=10),
        Column(title=_("支付日期"), width=12, form=DAY),
        Column(title=_("凭证号"), width=20, form=CODE),
    ]
    notes = export_notes(request, wanted=said_filter(said), order=_("申请时间，从新到旧"), count=len(rows))
    return Sheet(title=_("节水奖补"), columns=columns, rows=rows, notes=notes)


def check_words(award: Award) -> list[CheckWords]:
    """Return what the conditions said, in Chinese as papers are written."""
    with override("zh-hans"):
        return [
            (
                words.word(FACTS, each["fact"]),
                f"{words.word(COMPARISONS, each['comparison'])} {fact_text(each['value'], each['fact'])}",
                fact_text(each["found"], each["fact"]) or _("查不到"),
                words.word(VERDICTS, each["verdict"]),
            )
            for each in award.checks
        ]


def in_words(error: ServiceError) -> ServiceError:
    """Return a refusal whose field is called as the page calls it."""
    field = error.values.get("field", "")
    if not field:
        return error
    language = "en" if (get_language() or "").startswith("en") else "zh"
    named = words.word(FACTS, field) if field in FACTS else derivation_words(language).name(field, "")
    return ServiceError(error.code, **(error.values | {"field": named}))


def _cells(row: Award) -> list[Value]:
    return [
        str(row.scheme.year),
        row.scheme.title,
        words.word(KINDS, row.scheme.kind),
        row.user.number,
        row.user.organisation.name,
        row.subject,
        words.word(MATTERS, row.matter) if row.matter else "",
        row.first,
        row.last,
        words.word(MONEY, row.scheme.money) if row.scheme.money else "",
        row.amount_yuan,
        words.word(STATE_WORDS, row.state),
        _("是") if row.twin_id else "",
        row.paid_on,
        row.receipt,
    ]
