"""Which organisation a unit named by a plan probably is, before a person says so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shuiheng.adapters.records.models import Organisation, OrganisationKind, Place, PlaceKind
from shuiheng.adapters.records.queries_organisations import NamedUnit

_GROUP = re.compile(r"各|(?:有关|相关|成员)(?:部门|单位)")
_ZONE = re.compile(r"(?:开发区|经开区|高新区|新区|园区|度假区|示范区|保税区|管理区)$")
_SEAT = re.compile(r"(?:人民政府|政府|管理委员会|管委会)$")
_GOVERNMENTS = frozenset({"people_government", "development_zone"})
_KINDS = {
    "water_saving_office": OrganisationKind.OFFICE,
    "water_supply_company": OrganisationKind.SUPPLIER,
    "people_government": OrganisationKind.DISTRICT,
    "development_zone": OrganisationKind.DISTRICT,
}


class Certainty(StrEnum):
    """How sure a proposal is, the surest first."""

    SAME = "same"
    FORMER = "former"
    GROUP = "group"
    LIKELY = "likely"
    NEW = "new"
    UNKNOWN = "unknown"


SURE = (Certainty.SAME, Certainty.FORMER, Certainty.GROUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a unit probably is: one organisation, the members of a group, or a new organisation."""

    unit: NamedUnit
    certainty: Certainty
    organisation: Organisation | None = None
    members: tuple[Organisation, ...] = ()
    kind: OrganisationKind = OrganisationKind.DEPARTMENT
    district: str = ""


def is_group(label: str) -> bool:
    """Return whether a label names several units at once, for example `各区人民政府`."""
    return _GROUP.search(label) is not None


def is_zone(name: str) -> bool:
    """Return whether a name is that of a functional zone (功能区)."""
    return _ZONE.search(name) is not None


def propose(
    unit: NamedUnit,
    *,
    place: Place,
    organisations: Sequence[Organisation],
    names: Mapping[str, Sequence[Organisation]],
    former: Mapping[str, Sequence[Organisation]],
) -> Proposal:
    """Return the proposal for one unit.

    Args:
        unit: The unit.
        place: The city whose plans name it.
        organisations: Open organisations of the city and its districts, with their places.
        names: Which of them have a name now, other names included.
        former: Which of them had a name before.
    """
    if is_group(unit.label):
        members = _members(unit, place, organisations)
        return Proposal(
            unit=unit, certainty=Certainty.GROUP if members else Certainty.UNKNOWN, members=members
        )
    for certainty, known in ((Certainty.SAME, names), (Certainty.FORMER, former)):
        for name in (unit.label, *unit.spellings):
            if len(known.get(name, ())) == 1:
                return Proposal(unit=unit, certainty=certainty, organisation=known[name][0])
    alike = [
        each for each in organisations if unit.term and each.term == unit.term and each.place_id == place.pk
    ]
    if len(alike) == 1 and unit.term not in _GOVERNMENTS:
        return Proposal(unit=unit, certainty=Certainty.LIKELY, organisation=alike[0])
    kind = _KINDS.get(unit.term, OrganisationKind.DEPARTMENT)
    district = _district(unit, place) if kind == OrganisationKind.DISTRICT else ""
    if kind == OrganisationKind.DISTRICT and not district:
        kind = OrganisationKind.DEPARTMENT
    certainty = Certainty.NEW if unit.term else Certainty.UNKNOWN
    return Proposal(unit=unit, certainty=certainty, kind=kind, district=district)


def _members(
    unit: NamedUnit, place: Place, organisations: Sequence[Organisation]
) -> tuple[Organisation, ...]:
    """Return the units of the districts that a group means: of one kind, else their governments.

    A group of places (`各区`) leaves functional zones out, which plans name beside it.
    """
    below = [each for each in organisations if each.place_id != place.pk]
    if unit.term and unit.term not in _GOVERNMENTS:
        return tuple(each for each in below if each.term == unit.term)
    if not re.search(r"[区县市旗]", unit.label.removeprefix(place.name)):
        return ()
    seats = [each for each in below if each.kind == OrganisationKind.DISTRICT]
    proper = [each for each in seats if each.place.kind != PlaceKind.ZONE]
    return tuple(seats if is_zone(_SEAT.sub("", unit.label)) else proper)


def _district(unit: NamedUnit, place: Place) -> str:
    """Return the name of the district or zone whose government a unit is; nothing for the city's own."""
    for name in (*unit.spellings, unit.label):
        head = _SEAT.sub("", name).removeprefix(place.name)
        if head != name and len(head) > 1 and head[-1] in "区县市旗":
            return head
    return ""
