"""The credit class by which objects are weighted: by the rule of the city from records that are shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from shuiheng.adapters.records.models import CreditKind, CreditRecord, CreditState, Place
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.draw_rules_now import value_now

RULE = "inspections/credit_class"
WORST_FIRST = ("severe", "ordinary", "minor", "good")
NONE = "none"


def classes_of(city: Place, organisations: Collection[int | None], on: date) -> Mapping[int | None, str]:
    """Return the credit class of each organisation on a day (信用分类).

    Of several records that are shown, the gravest decides. What is only proposed, announced, repaired,
    withdrawn or over counts for nothing.

    Raises:
        ServiceError: `inspections.no_rule`.
    """
    names = _class_names(city, on)
    shown = CreditRecord.objects.filter(place=city, state=CreditState.SHOWN, shown_from__lte=on)
    shown = shown.filter(Q(shown_until__isnull=True) | Q(shown_until__gt=on))
    held: dict[int, set[str]] = {}
    for key, kind, grade in shown.values_list("organisation", "kind", "grade"):
        held.setdefault(key, set()).add("good" if kind == CreditKind.GOOD else grade)
    found: dict[int | None, str] = {}
    for each in organisations:
        words = held.get(each, set()) if each is not None else set()
        found[each] = names[next((word for word in WORST_FIRST if word in words), NONE)]
    return found


def _class_names(city: Place, on: date) -> Mapping[str, str]:
    value = value_now(city, RULE, on).value
    names = dict(value) if isinstance(value, Mapping) else {}
    found = {word: names.get(word) for word in (*WORST_FIRST, NONE)}
    if not all(isinstance(name, str) and name for name in found.values()):
        raise ServiceError("inspections.no_rule", rule=RULE, day=on.isoformat())
    return {word: str(name) for word, name in found.items()}
