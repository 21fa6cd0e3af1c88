"""The way of a year's water (水流向) from its sources over supply and use to where it goes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column
from shuiheng.adapters.rulebook.flow_streams import flow_plan
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.flow import Imbalance, Stream
from shuiheng.services.indicators.year_flow import YearFlow, year_flow
from shuiheng.services.permission import Action
from shuiheng.web.page import page, seen
from shuiheng.web.pages.figures.shown import fact_address
from shuiheng.web.pages.pictures.chosen import Chosen, chosen_in, chosen_place
from shuiheng.web.pages.pictures.districts import named
from shuiheng.web.pages.pictures.tables import Cell, Table, empty_cell, number_cell, number_column, words_cell

CAME, WENT = "came-", "went-"


@page(Action.FIGURES_LOOK)
def water_flow_page(request: HttpRequest) -> HttpResponse:
    """Show where the water of a place came from and went to in a year."""
    chosen, found = _found(request)
    context: dict[str, Any] = {"tab": "flow", "chosen": chosen}
    if found is not None:
        context |= {
            "found": found,
            "tables": flow_tables(found),
            "flow_values": flow_values(found),
            "missing": [named(indicator_book().facts[fact].names) for fact in _missing(found)],
        }
    return render(request, "pictures/flow.html", context)


def tables_of(request: HttpRequest) -> tuple[Chosen | None, Sequence[Table]]:
    """Return the tables of the page, for a file."""
    chosen, found = _found(request)
    return chosen, flow_tables(found) if found is not None else []


def flow_tables(found: YearFlow) -> Sequence[Table]:
    """Return the tables of a year's water: what goes where, and what does not add up."""
    streams = Table(
        part="streams",
        title=_("水量去向"),
        columns=[
            Column(title=_("从"), width=18),
            Column(title=_("到"), width=18),
            number_column(_("水量（万m³）")),
            Column(title=_("依据的数据"), width=40),
        ],
        rows=[_stream_cells(stream, found) for stream in [*found.flow.streams, *found.flow.unknown]],
    )
    imbalances = Table(
        part="imbalances",
        title=_("未知或不平衡"),
        columns=[
            Column(title=_("环节"), width=22),
            number_column(_("去向不明（万m³）")),
            number_column(_("来源不明（万m³）")),
            Column(title=_("依据的数据"), width=40),
        ],
        rows=[_imbalance_cells(each, found) for each in found.flow.imbalances],
    )
    return [streams, imbalances]


def flow_values(found: YearFlow) -> dict[str, Any]:
    """Return what the picture draws; what does not add up has nodes and bands of its own."""
    nodes = flow_plan().nodes
    streams = [each for each in found.flow.streams if each.volume]
    links = [_link(each.source, each.target, each.volume or Decimal(0)) for each in streams]
    for gap in found.flow.imbalances:
        ends = (gap.node, WENT + gap.node) if gap.volume > 0 else (CAME + gap.node, gap.node)
        links.append(_link(*ends, abs(gap.volume)) | {"isUnknown": True})
    names = dict.fromkeys(end for link in links for end in (link["source"], link["target"]))
    unknown = _("未知或不平衡")
    return {
        "nodes": [
            {"name": name, "label": named(nodes[name].names), "stage": nodes[name].stage}
            if name in nodes
            else {"name": name, "label": unknown, "stage": "unknown"}
            for name in names
        ],
        "links": links,
        "unit": _("万m³"),
    }


def _found(request: HttpRequest) -> tuple[Chosen | None, YearFlow | None]:
    chosen = chosen_in(seen(request, Action.FIGURES_LOOK), request.GET)
    place = chosen_place(chosen, request.GET) if chosen is not None else None
    if chosen is None or place is None:
        return chosen, None
    return chosen, year_flow(place, chosen.year)


def _missing(found: YearFlow) -> Sequence[str]:
    return [fact for fact in flow_plan().facts if fact not in found.facts]


def _link(source: str, target: str, volume: Decimal) -> dict[str, Any]:
    return {"source": source, "target": target, "value": float(volume)}


def _stream_cells(stream: Stream, found: YearFlow) -> Sequence[Cell]:
    nodes = flow_plan().nodes
    return [
        words_cell(named(nodes[stream.source].names)),
        words_cell(named(nodes[stream.target].names)),
        number_cell(stream.volume),
        _facts_cell(stream.facts, found),
    ]


def _facts_cell(facts: Collection[str], found: YearFlow) -> Cell:
    """Return a cell that names facts, each with the page of what stands behind it."""
    kinds = indicator_book().facts
    names = [named(kinds[fact].names) for fact in facts]
    addresses = [_fact_address(fact, found) for fact in facts]
    words = "＋".join(names)
    return Cell(value=words, shown=words, links=list(zip(names, addresses, strict=True)))


def _fact_address(fact: str, found: YearFlow) -> str:
    known = found.facts.get(fact)
    return fact_address(found.place.pk, fact, found.year, origin=known.origin if known else "")


def _imbalance_cells(each: Imbalance, found: YearFlow) -> Sequence[Cell]:
    streams = [one for one in found.flow.streams if each.node in (one.source, one.target)]
    facts = dict.fromkeys(fact for one in streams for fact in one.facts)
    went, came = max(each.volume, Decimal(0)), max(-each.volume, Decimal(0))
    return [
        words_cell(named(flow_plan().nodes[each.node].names)),
        number_cell(went) if went else empty_cell(),
        number_cell(came) if came else empty_cell(),
        _facts_cell(facts, found),
    ]
