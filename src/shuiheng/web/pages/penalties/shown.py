"""Penalties as their page shows them: each trigger with the ranges of the places that set one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Place
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.in_force import Rulebook, areas_of, in_force
from shuiheng.rules.parameter import Asked, DatedValue, Parameter, Value
from shuiheng.services.rules.rulebook_now import area_of_city
from shuiheng.web.pages.rules.shown import ShownValue, language, rule_name, shown_value, words_now

TOPIC = "penalties"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What may follow in one case: the case, whom it concerns, the range of a fine, what comes beside it."""

    when: str
    who: str
    fine: str
    also: str

    @property
    def words(self) -> str:
        """All of it on one line."""
        said = "；".join(each for each in (self.fine, self.also) if each)
        return f"{self.when}{f'（{self.who}）' if self.who else ''}：{said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What the law of one place says of a trigger."""

    shown: ShownValue
    measures: Sequence[Measure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """An act with the ranges of those places that set one, the nearest first."""

    name: str
    title: str
    ranges: Sequence[Range]


def triggers(book: Rulebook, city: Place, on: date, *, everywhere: bool = False) -> list[Trigger]:
    """Return the acts for which a penalty is set.

    Args:
        book: The rules of the city.
        city: The city.
        on: The day on which a range must hold.
        everywhere: Whether places beside the city and those above it count too.
    """
    found = []
    for rule in book.values():
        topic, _sep, name = rule.id.partition("/")
        if topic != TOPIC:
            continue
        own = areas_of(area_of_city(city))
        areas = [*own, *sorted({each.area for each in rule.values} - set(own))] if everywhere else own
        held = [value for area in areas if (value := _held(rule, area, on)) is not None]
        ranges = [Range(shown=shown_value(rule, value, city), measures=measures_of(value)) for value in held]
        found.append(Trigger(name=name, title=rule_name(rule), ranges=ranges))
    return sorted(found, key=lambda each: each.title if language() == "en" else each.name)


def matches(trigger: Trigger, wanted: str) -> bool:
    """Return whether every word that is looked for stands in an act, its ranges or their sources."""
    said = [trigger.title, trigger.name]
    for each in trigger.ranges:
        said += [each.shown.title, each.shown.value.clause, each.shown.place]
        said += [measure.words for measure in each.measures]
    text = " ".join(said).casefold()
    return all(word in text for word in wanted.casefold().split())


def measures_of(value: DatedValue) -> list[Measure]:
    """Return what a value says, case by case, in words."""
    ranges = value.value.get("ranges", ()) if isinstance(value.value, Mapping) else ()
    choices, comma = words_now().choices, ", " if language() == "en" else "、"

    def word(code: Value | None) -> str:
        return choices.get(code, code) if isinstance(code, str) else ""

    found = []
    for each in ranges:
        if isinstance(each, Mapping):
            also = each.get("also", ())
            found.append(
                Measure(
                    when=word(each.get("when")),
                    who=word(each.get("who")),
                    fine=_fine(each, word(each.get("per"))),
                    also=comma.join(
                        word(code) for code in ((also,) if isinstance(also, str) else _all(also))
                    ),
                )
            )
    return found


def _held(rule: Parameter, area: str, on: date) -> DatedValue | None:
    of_area = replace(rule, values=tuple(each for each in rule.values if each.area == area))
    try:
        return in_force(of_area, Asked(area=area, on=on)).value
    except NotInForceError:
        return None


def _fine(said: Mapping[str, Value], per: str) -> str:
    """Return the range of a fine as the law says it: from, to, and of what."""
    parts = []
    for least, most, unit in (("min", "max", _("元")), ("min_times", "max_times", _("倍"))):
        low, high = _number(said.get(least)), _number(said.get(most))
        if low and high:
            parts.append(
                _("%(low)s %(unit)s以上 %(high)s %(unit)s以下") % {"low": low, "high": high, "unit": unit}
            )
        elif high:
            parts.append(_("%(high)s %(unit)s以下") % {"high": high, "unit": unit})
        elif low:
            parts.append(_("%(low)s %(unit)s以上") % {"low": low, "unit": unit})
    text = "；".join(parts)
    return (
        _("罚款，按%(per)s：%(range)s") % {"per": per, "range": text}
        if text and per
        else (_("罚款 %(range)s") % {"range": text} if text else "")
    )


def _number(value: Value | None) -> str:
    if not isinstance(value, Decimal):
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _all(codes: Value) -> Iterable[Value]:
    return codes if isinstance(codes, tuple) else ()
