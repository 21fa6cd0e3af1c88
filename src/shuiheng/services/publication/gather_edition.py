"""What an edition says of targets: official values only, released figures, definitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import Figure, KeptStanding, Place
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.verdict import Standing
from shuiheng.services.demand_words import Language, demand
from shuiheng.services.indicators.indicator_json import indicator_json

FORMAT = "shuiheng.public_progress/1"
COUNT = "count"
FIGURE, CASES, NOTHING = "figure", "cases", "nothing"
Json = dict[str, Any]


def gather_edition(city: Place, on: date) -> Json:
    """Return what may be told to the public of a city's progress as it was judged last (进展公开内容).

    Only official values are told: figures that were released, and counts of cases. Of a target that has
    neither, the edition says that its state is not known.

    Args:
        city: The city.
        on: The day of which it speaks.
    """
    figures = _figures(city)
    targets = [_target(row, figures) for row in _standings(city)]
    indicators = [_figure(row) for row in figures.values() if row.subject.startswith("indicator:")]
    named = {each["definition"] for each in (*targets, *indicators) if each["definition"]}
    return {
        "format": FORMAT,
        "city": {"slug": city.slug, "name": city.name, "is_synthetic": city.is_synthetic},
        "on": on.isoformat(),
        "summary": dict(Counter(each["standing"] for each in targets)),
        "targets": targets,
        "figures": indicators,
        "definitions": _definitions(named),
    }


def _standings(city: Place) -> Sequence[KeptStanding]:
    rows = KeptStanding.objects.filter(city=city, is_share=False, target__withdrawn_at__isnull=True)
    rows = rows.select_related("target__plan", "target__published", "place")
    return list(rows.order_by("target__plan_id", "target__order", "target_id", "place_id"))


def _figures(city: Place) -> Mapping[tuple[str, int], Figure]:
    """Return the official figures of a city that stand, the latest of each subject and place."""
    rows = Figure.objects.filter(city=city, superseded_at__isnull=True).select_related("place")
    return {(row.subject, row.place_id): row for row in rows.order_by("up_to", "pk")}


def _target(row: KeptStanding, figures: Mapping[tuple[str, int], Figure]) -> Json:
    target = row.target
    figure = figures.get((f"target:{target.pk}", row.place_id))
    told = _told(row, figure)
    return {
        "target": target.pk,
        "plan": target.plan.title,
        "place": row.place.name,
        "metric": target.metric,
        "scope": target.scope,
        "kind": target.kind,
        "op": target.op,
        "demand": {each.value: demand(target.published or target, language=each) for each in Language},
        "wanted": _text(target.value),
        "wanted_most": _text(target.value_max),
        "unit": target.unit,
        "baseline_year": target.baseline_year,
        "deadline": target.deadline.isoformat() if target.deadline else None,
        "is_annual": target.is_annual,
        "definition": row.content.get("indicator") or "",
        **told,
    }


def _told(row: KeptStanding, figure: Figure | None) -> Json:
    """Return value, day, source and standing as far as they are official."""
    if figure is not None:
        is_judged = row.up_to == figure.up_to and _is_same(row, figure)
        return {
            "value": _text(figure.value),
            "up_to": figure.up_to.isoformat(),
            "source": FIGURE,
            "figure": figure.pk,
            "released_on": figure.released_at.date().isoformat(),
            "cases": None,
            "standing": row.standing if is_judged else Standing.UNKNOWN.value,
            "why": row.why if is_judged else "",
        }
    if row.served_by == COUNT and row.value is not None:
        return {
            "value": _text(row.value),
            "up_to": (row.up_to or row.on).isoformat(),
            "source": CASES,
            "figure": None,
            "released_on": None,
            "cases": row.content.get("cases"),
            "standing": row.standing,
            "why": row.why,
        }
    nothing = dict.fromkeys(("value", "up_to", "figure", "released_on", "cases"))
    return {**nothing, "source": NOTHING, "standing": Standing.UNKNOWN.value, "why": ""}


def _is_same(row: KeptStanding, figure: Figure) -> bool:
    """Return whether a target was judged by the very value that was released, to the last digit kept."""
    exact, released = row.content.get("value"), figure.content.get("value")
    if exact is not None and released is not None:
        return Decimal(exact) == Decimal(released)
    return row.value is not None and row.value == figure.value


def _figure(row: Figure) -> Json:
    unit = indicator_book().units.get(row.unit)
    return {
        "figure": row.pk,
        "place": row.place.name,
        "definition": row.subject.partition(":")[2].partition(":")[0],
        "year": row.year,
        "value": _text(row.value),
        "unit": row.unit if unit is None else "",
        "unit_names": {} if unit is None else dict(unit.names),
        "up_to": row.up_to.isoformat(),
        "released_on": row.released_at.date().isoformat(),
    }


def _definitions(names: Iterable[str]) -> Json:
    known = indicator_book().indicators
    return {name: indicator_json(known[name]) for name in sorted(names) if name in known}


def _text(value: Decimal | None) -> str | None:
    """Return a number as its digits, without needless zeros."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
