"""What is known of subjects that no ledger holds: by their list, and by what persons entered in cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.utils import timezone

from shuiheng.adapters.records.models import CaseAnswer, CaseSubject, Place
from shuiheng.services.cases.facts import FactShelf, facts_for
from shuiheng.services.cases.score_case import FACT, read_answer
from shuiheng.services.cases.subjects import FactValue, Subject
from shuiheng.services.scope import city_above

NAMED = "name:"
LISTED, ANSWERED = "其他对象名录", "以往事项中填报"


def known_facts_of(
    place: Place,
    subjects: Sequence[Subject],
    names: Collection[str],
    on: date,
    *,
    shelf: FactShelf | None = None,
) -> Mapping[str, Mapping[str, FactValue]]:
    """Return what ledger and readings tell of subjects, and of those in no ledger what lists and cases told.

    What ledger and readings tell goes before what a list told.
    """
    told = facts_for(place, subjects, names, on, shelf=shelf)
    named = {each.key for each in subjects if each.key.startswith(NAMED)}
    if not names or not named:
        return told
    city, sorts = city_above(place), {each.sort for each in subjects}
    own = _answered(city, named, names, on)
    for key, facts in _listed(city, sorts, names).items():
        own[key] = facts | own.get(key, {})
    return {key: own.get(key, {}) | dict(facts) if key in named else facts for key, facts in told.items()}


def _listed(city: Place, sorts: Collection[str], names: Collection[str]) -> dict[str, dict[str, FactValue]]:
    found: dict[str, dict[str, FactValue]] = {}
    rows = CaseSubject.objects.filter(place=city, sort__in=sorts, closed_at__isnull=True)
    for name, facts, at in rows.values_list("name", "facts", "listed_at"):
        day = timezone.localdate(at)
        held = {fact: read_answer(FACT, fact, value) for fact, value in facts.items() if fact in names}
        found[f"{NAMED}{name}"] = {
            fact: FactValue(value=value, source=f"{LISTED}，{day}", on=day)
            for fact, value in held.items()
            if value is not None
        }
    return found


def _answered(
    city: Place, keys: Collection[str], names: Collection[str], on: date
) -> dict[str, dict[str, FactValue]]:
    """Return the facts that persons entered in cases of subjects, the newest of each."""
    found: dict[str, dict[str, FactValue]] = defaultdict(dict)
    rows = CaseAnswer.objects.filter(
        case__place=city, sort=FACT, name__in=list(names), superseded_at__isnull=True, on__lte=on
    ).order_by("on", "pk")
    columns = ("case__subject_key", "name", "value", "source", "on")
    for key, name, value, source, day in rows.values_list(*columns):
        read = read_answer(FACT, name, value) if key in keys else None
        if read is not None:
            found[key][name] = FactValue(value=read, source=f"{ANSWERED}：{source}", on=day)
    return found
