"""Pages of statistics: a table by topic and year, one fact with its history, and the values as files."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Place, Statistic
from shuiheng.adapters.records.queries_statistics import history_of_fact, last_year_of, standing_statistics
from shuiheng.adapters.rulebook.fact_topics import fact_topics, topic_of
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.page import page, seen
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.pages.statistics.shown import (
    counts_of,
    indicators_by_fact,
    place_asked,
    places_shown,
    topic_asked,
    topic_tables,
    years_asked,
)
from shuiheng.web.sending import attachment
from shuiheng.web.words_statistics import STATES, UNDERS

WRITERS = {"xlsx": write_workbook, "csv": write_csv}
GAPS = ("missing", "waiting")
COMPUTED = "calendar"


@page(Action.FIGURES_LOOK)
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the facts of a place by topic and year, each value confirmed, waiting or missing."""
    sight = seen(request, Action.FIGURES_LOOK)
    places = places_shown(request)
    place = place_asked(request, places)
    years, topic = years_asked(request, sight, place), topic_asked(request)
    asked = request.GET.get("gaps", "")
    gaps = asked if asked in GAPS else ""
    tables = topic_tables(sight, place, topic=topic, years=years, gaps=gaps)
    context = {
        "place": place,
        "places": places,
        "years": years,
        "topic": topic,
        "gaps": gaps,
        "topics": [(each.id, each.names[language()]) for each in fact_topics()],
        "untils": range(timezone.localdate().year, timezone.localdate().year - 20, -1),
        "tables": [(each.topic.names[language()], each.lines) for each in tables],
        "counts": counts_of(tables),
        "may_keep": place in places_shown(request, Action.FIGURES_KEEP),
    }
    return render(request, "statistics/table.html", context)


@page(Action.FIGURES_LOOK)
def statistic_fact(request: HttpRequest, key: int, fact: str) -> HttpResponse:
    """Show one fact of a place: all that was ever entered, and the indicators that use it."""
    place = place_of_fact(request, key, fact)
    sight = seen(request, Action.FIGURES_LOOK)
    kind, topic = indicator_book().facts[fact], topic_of(fact)
    context = {
        "place": place,
        "fact": fact,
        "kind": kind,
        "topic": topic.names[language()],
        "rows": history_of_fact(sight, place.pk, fact),
        "indicators": [(each.id, each.names[language()]) for each in indicators_by_fact().get(fact, ())],
        "year": last_year_of(sight, [place.pk]),
        "may_keep": place in places_shown(request, Action.FIGURES_KEEP),
    }
    return render(request, "statistics/fact.html", context)


@page(Action.FIGURES_LOOK)
def statistics_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send all standing values of a place, of a topic or of all."""
    if ending not in WRITERS:
        raise Http404
    place, topic = place_asked(request, places_shown(request)), topic_asked(request)
    rows = _rows(request, place, topic)
    named = {each.id: each.names[language()] for each in fact_topics()}
    said = said_filter([(_("地区"), place.name), (_("类别"), named.get(topic, ""))])
    notes = export_notes(request, wanted=said, order=_("按类别、数据项和年份"), count=len(rows))
    sheet = Sheet(
        title=_("统计数据"), columns=_columns(), rows=[_cells(row, named) for row in rows], notes=notes
    )
    record_export(request.user, "statistics", rows=len(rows), action=Action.FIGURES_LOOK)
    name = export_name(request, f"{place.name}{sheet.title}", ending)
    return attachment(WRITERS[ending](sheet), name=name)


def place_of_fact(request: HttpRequest, key: int, fact: str, action: Action = Action.FIGURES_LOOK) -> Place:
    """Return the place of an address that names a place and a fact.

    Raises:
        Http404: The place is not in sight, or there is no such fact.
    """
    place = next((each for each in places_shown(request, action) if each.pk == key), None)
    if place is None or indicator_book().origins.get(fact, COMPUTED) == COMPUTED:
        raise Http404
    return place


def _rows(request: HttpRequest, place: Place, topic: str) -> Sequence[Statistic]:
    order = [fact for each in fact_topics() if not topic or each.id == topic for fact in each.facts]
    found = standing_statistics(seen(request, Action.FIGURES_LOOK), [place.pk]).filter(fact__in=order)
    return sorted(
        found, key=lambda row: (order.index(row.fact), row.member, row.year, row.through_month, row.pk)
    )


def _columns() -> list[Column]:
    return [
        Column(title=_("地区"), width=12),
        Column(title=_("类别"), width=14),
        Column(title=_("数据项"), width=30),
        Column(title=_("分类"), width=12),
        Column(title=_("年份"), form=ColumnForm.NUMBER, width=8),
        Column(title=_("截至月份"), form=ColumnForm.NUMBER, width=8),
        Column(title=_("数值"), form=ColumnForm.NUMBER, width=16),
        Column(title=_("单位"), width=10),
        Column(title=_("状态"), width=10),
        Column(title=_("来源"), width=28),
        Column(title=_("页码或表号"), width=12),
        Column(title=_("修订依据"), width=14),
        Column(title=_("估算占比"), form=ColumnForm.NUMBER, width=10),
        Column(title=_("收集依据"), width=12),
        Column(title=_("确认日期"), form=ColumnForm.DAY, width=12),
    ]


def _cells(row: Statistic, topics: dict[str, str]) -> list[Value]:
    kind = indicator_book().facts[row.fact]
    return [
        row.place.name,
        topics[topic_of(row.fact).id],
        kind.names[language()],
        row.member,
        row.year,
        row.through_month,
        _plain(row.value),
        kind.unit.names[language()],
        words.word(STATES, row.state),
        row.source,
        row.page,
        row.revision,
        _plain(row.estimated_share),
        words.word(UNDERS, row.collected_under),
        timezone.localdate(row.decided_at) if row.decided_at else None,
    ]


def _plain(value: Decimal) -> Decimal:
    """Return a number without zeros after its last digit, written out: 37000, not 3.7E+4."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
