"""What the list of the ledger shows: its filter, its day, its rows, and the same rows as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.as_of import AsOf
from shuiheng.adapters.records.models import Account, Place, UserFact
from shuiheng.adapters.records.queries_ledger import LIMIT, LedgerFilter, counts_of, ledger_list
from shuiheng.adapters.records.sight import Sight
from shuiheng.web import words
from shuiheng.web.fields import FieldError, day_of, key_of
from shuiheng.web.filters import plain
from shuiheng.web.words_ledger import SOURCE_KINDS, USE_CLASSES

CODE, NUMBER, DAY = ColumnForm.CODE, ColumnForm.NUMBER, ColumnForm.DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Where on both axes a page reads, as asked and as days.

    Args:
        on: The day in the world.
        known_on: The day at whose end the ledger's knowledge is taken, or None for now.
    """

    on: date
    known_on: date | None = None

    @property
    def as_of(self) -> AsOf:
        """The same for the queries."""
        if self.known_on is None:
            return AsOf(on=self.on)
        end = datetime.combine(self.known_on + timedelta(days=1), time.min)
        return AsOf(on=self.on, known_at=timezone.make_aware(end) - timedelta(microseconds=1))

    @property
    def is_now(self) -> bool:
        """Whether it is today as it is known now."""
        return self.known_on is None and self.on == timezone.localdate()


def moment_from(query: Mapping[str, str]) -> Moment:
    """Return the moment that a query asks for; what is no day is today."""
    on, known = (_day(query, name) for name in ("on", "known"))
    return Moment(on=on or timezone.localdate(), known_on=known)


def wanted_from(query: Mapping[str, str]) -> LedgerFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    source = query.get("source", "")
    return LedgerFilter(
        words=plain(query.get("q", ""))[:LIMIT],
        district=key_of(query, "district"),
        use_class=plain(query.get("class", ""))[:LIMIT],
        source_kind=source if source in SOURCE_KINDS else "",
        has_closed=query.get("closed") == "1",
    )


def rows_of(
    seen: Sight, facts: Iterable[UserFact], moment: Moment
) -> list[tuple[UserFact, Mapping[str, int]]]:
    """Return users with how many sources and meters each has."""
    known = list(facts)
    counts = counts_of(seen, [fact.subject_id for fact in known], moment.as_of)
    return [(fact, counts[fact.subject_id]) for fact in known]


def ledger_sheet(
    request: HttpRequest, seen: Sight, wanted: LedgerFilter, moment: Moment, districts: Sequence[Place]
) -> Sheet:
    """Return the users that a filter leaves as a table; it holds no names or numbers of people."""
    rows: list[list[Value]] = [
        [
            fact.subject.number,
            fact.name,
            fact.credit_code or fact.no_code_reason,
            fact.district.name if fact.district else "",
            fact.address,
            words.word(USE_CLASSES, fact.use_class),
            fact.industry_code,
            counts["sources"],
            counts["meters"],
            _("是") if fact.is_open else _("否"),
            fact.valid_from,
        ]
        for fact, counts in rows_of(seen, ledger_list(seen, wanted, moment.as_of), moment)
    ]
    user = request.user.shown_name if isinstance(request.user, Account) else ""
    notes = [
        _("筛选条件：%(filter)s") % {"filter": _filter_words(wanted, districts)},
        _moment_words(moment),
        _("导出时间：%(at)s") % {"at": timezone.localtime().strftime("%Y-%m-%d %H:%M")},
        _("导出人：%(user)s") % {"user": user},
        _("行数：%(n)d") % {"n": len(rows)},
    ]
    return Sheet(title=_("用水户台账"), columns=_columns(), rows=rows, notes=notes)


def _day(query: Mapping[str, str], name: str) -> date | None:
    try:
        found = day_of(query, name)
    except FieldError:
        return None
    return found if found is not None and date.min < found < date.max else None


def _moment_words(moment: Moment) -> str:
    if moment.known_on is None:
        return _("截至 %(on)s 的情况") % {"on": moment.on}
    return _("截至 %(on)s 的情况，按 %(known)s 时的记载") % {"on": moment.on, "known": moment.known_on}


def _filter_words(wanted: LedgerFilter, districts: Sequence[Place]) -> str:
    district = next((place.name for place in districts if place.pk == wanted.district), "")
    said = [
        (_("文字"), wanted.words),
        (_("区县"), district),
        (_("用水类别"), words.word(USE_CLASSES, wanted.use_class) if wanted.use_class else ""),
        (_("水源类型"), words.word(SOURCE_KINDS, wanted.source_kind) if wanted.source_kind else ""),
        (_("含已停用的"), _("是") if wanted.has_closed else ""),
    ]
    return "；".join(f"{name} {value}" for name, value in said if value) or _("全部")


def _columns() -> list[Column]:
    return [
        Column(title=_("户号"), width=12, form=CODE),
        Column(title=_("名称"), width=34),
        Column(title=_("统一社会信用代码"), width=22, form=CODE),
        Column(title=_("所在区县"), width=14),
        Column(title=_("地址"), width=34),
        Column(title=_("用水类别"), width=12),
        Column(title=_("行业代码"), width=10, form=CODE),
        Column(title=_("水源数"), width=8, form=NUMBER),
        Column(title=_("计量点数"), width=9, form=NUMBER),
        Column(title=_("仍在用水"), width=9),
        Column(title=_("自何日起"), width=12, form=DAY),
    ]
