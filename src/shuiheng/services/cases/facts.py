"""What the ledger and the readings tell of the subjects of cases (事项依据数据), in few queries for many."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from shuiheng.adapters.records.models import Place, WaterUser
from shuiheng.adapters.rulebook.conditions import MEMBER
from shuiheng.services.cases import ledger_facts, list_facts, reading_facts
from shuiheng.services.cases.fact_basis import MOST_KEYS, FactBasis
from shuiheng.services.cases.ledger_facts import Facts
from shuiheng.services.cases.place_facts import city_facts
from shuiheng.services.cases.subjects import FactValue, Subject
from shuiheng.services.scope import city_above

READERS: Mapping[str, Callable[[FactBasis], Facts]] = MappingProxyType(
    {
        each.__name__: each
        for each in (
            ledger_facts.use_class,
            ledger_facts.site_type,
            ledger_facts.is_public,
            ledger_facts.is_above_scale,
            ledger_facts.metering_rate,
            reading_facts.use_year_m3,
            reading_facts.norm_grade,
            reading_facts.per_capita_day_l,
            reading_facts.per_capita_ratio,
            reading_facts.unconventional_share,
            reading_facts.metering_rate_second,
            list_facts.has_allowance,
            list_facts.use_to_allowance,
            list_facts.balance_tested,
            list_facts.has_carrier_title,
        )
    }
)


@dataclass(frozen=True, slots=True)
class FactShelf:
    """Facts that one request has read already, so that many lists of the same users read each once."""

    bases: dict[tuple[int, frozenset[int], date], FactBasis] = field(default_factory=dict)
    read: dict[tuple[int, frozenset[int], date, str], Facts | None] = field(default_factory=dict)

    def facts(self, basis: FactBasis, name: str) -> Facts | None:
        """Return a fact of the users of a basis."""
        asked = (basis.city.pk, basis.users, basis.on)
        if (*asked, name) not in self.read:
            self.read[*asked, name] = _read(name, self.bases.setdefault(asked, basis))
        return self.read[*asked, name]


def facts_for(
    place: Place,
    subjects: Sequence[Subject],
    names: Collection[str],
    on: date,
    *,
    shelf: FactShelf | None = None,
) -> Mapping[str, Mapping[str, FactValue]]:
    """Return what is known of subjects on a day, by their keys and the names of facts.

    The number of queries depends on the names and not on the subjects. A fact of which nothing is known is
    not in the answer, or stands there without a value and with the reason.

    Args:
        place: The city, or a place within it.
        subjects: What is asked about.
        names: Names of facts, lists with `member:` before the duty; what nobody keeps is passed over.
        on: The day.
        shelf: What the same request has read before, or None.
    """
    city = city_above(place)
    users = _users_of(city, subjects)
    basis = FactBasis(city=city, users=frozenset(users.values()), on=on)
    shelf = shelf or FactShelf()
    read = {name: facts for name in sorted(names) if (facts := shelf.facts(basis, name)) is not None}
    of_city = city_facts(city, names, on) if any(each.place == city.pk for each in subjects) else {}
    return {
        each.key: {
            name: facts[users[each.key]]
            for name, facts in read.items()
            if each.key in users and users[each.key] in facts
        }
        | (of_city if each.place == city.pk else {})
        for each in subjects
    }


def _read(name: str, basis: FactBasis) -> Facts | None:
    if not basis.users:
        return None
    if name.startswith(MEMBER):
        return list_facts.member_of(name.removeprefix(MEMBER), basis)
    reader = READERS.get(name)
    return None if reader is None else reader(basis)


def _users_of(city: Place, subjects: Sequence[Subject]) -> Mapping[str, int]:
    """Return the water user behind each subject that has one: its own, or that of its organisation."""
    found = {each.key: each.user for each in subjects if each.user is not None}
    units = {each.organisation for each in subjects if each.user is None and each.organisation is not None}
    if units:
        rows = WaterUser.objects.filter(city=city, merged_into__isnull=True)
        rows = rows.filter(organisation__in=units) if len(units) <= MOST_KEYS else rows
        owners = dict(rows.values_list("organisation_id", "pk"))
        found |= {
            each.key: owners[each.organisation]
            for each in subjects
            if each.user is None and each.organisation in owners
        }
    return found
