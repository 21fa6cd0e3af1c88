"""What an edition says: targets with official values only, released figures, water of the last whole year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import (
    Account,
    EditionState,
    Figure,
    KeptStanding,
    Place,
    PublicEdition,
)
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.verdict import Standing
from shuiheng.services.demand_words import Language, demand
from shuiheng.services.indicators.indicator_json import indicator_json
from shuiheng.services.publication.edition_terms import small_cell_rule
from shuiheng.services.publication.public_use import public_months, public_use

FORMAT = "shuiheng.public_progress/1"
COUNT = "count"
FIGURE, CASES, NOTHING = "figure", "cases", "nothing"
Json = dict[str, Any]


def gather_edition(account: Account, city: Place, on: date) -> Json:
    """Return what may be told to the public of a city's progress as it was judged last (进展公开内容).

    Only official values are told: figures that were released, and counts of cases. Of a target that has
    neither, the edition says that its state is not known.

    Raises:
        ServiceError: `publication.no_rule`.
    """
    figures = _figures(city)
    targets = [_target(row, figures) for row in _standings(city)]
    indicators = [_figure(row) for row in figures.values() if row.subject.startswith("indicator:")]
    named = {each["definition"] for each in (*targets, *indicators) if each["definition"]}
    rule = small_cell_rule(city, on)
    months = public_months(account, city, on)
    period = {"first": f"{months[0]:%Y-%m}", "last": f"{months[-1]:%Y-%m}"}
    return {
        "format": FORMAT,
        "city": {"slug": city.slug, "name": city.name, "is_synthetic": city.is_synthetic},
        "on": on.isoformat(),
        "summary": dict(Counter(each["standing"] for each in targets)),
        "targets": targets,
        "figures": indicators,
        "definitions": _definitions(named),
        "use": {
            **period,
            "unit": "m3",
            "rule": {
                "fewest": rule.fewest,
                "dominance": str(rule.dominance),
                "nearness": str(rule.nearness),
            },
            "rows": public_use(account, city, months, rule, earlier=_earlier(city, period)),
        },
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


def _earlier(city: Place, period: Mapping[str, str]) -> Sequence[Json]:
    """Return the table of a period as readers know it: the rows of all editions that were public once."""
    states = (EditionState.PUBLISHED, EditionState.SUPERSEDED, EditionState.WITHDRAWN)
    rows = PublicEdition.objects.filter(place=city, state__in=states, published_at__isnull=False)
    return [
        row
        for content in rows.values_list("content", flat=True)
        if period.items() <= content.get("use", {}).items()
        for row in content["use"]["rows"]
    ]


def _text(value: Decimal | None) -> str | None:
    """Return a number as its digits, without needless zeros."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
