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
_ALL_DISTRICTS = re.compile(r"各[^部单位]{0,12}[区县市旗]")
_ONE_DISTRICT = re.compile(r"[区县市旗](?!级|、)")
_GOVERNMENTS = frozenset({"people_government", "development_zone"})
_KINDS = {
    "water_saving_office": OrganisationKind.OFFICE,
    "water_supply_company": OrganisationKind.SUPPLIER,
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
        return _group(unit, place, organisations)
    for certainty, known in ((Certainty.SAME, names), (Certainty.FORMER, former)):
        for name in (unit.label, *unit.spellings):
            if len(known.get(name, ())) == 1:
                return Proposal(unit=unit, certainty=certainty, organisation=known[name][0])
    alike = [
        each for each in organisations if unit.term and each.term == unit.term and each.place_id == place.pk
    ]
    if len(alike) == 1 and unit.term not in _GOVERNMENTS:
        return Proposal(unit=unit, certainty=Certainty.LIKELY, organisation=alike[0])
    district = _district(unit, place)
    seats = [each for each in organisations if each.kind == OrganisationKind.DISTRICT]
    for seat in (each for each in seats if district and each.place.name == district):
        return Proposal(unit=unit, certainty=Certainty.SAME, organisation=seat)
    if district:
        return Proposal(unit=unit, certainty=Certainty.NEW, kind=OrganisationKind.DISTRICT, district=district)
    certainty = Certainty.NEW if unit.term else Certainty.UNKNOWN
    kind = _KINDS.get(unit.term, OrganisationKind.DEPARTMENT)
    return Proposal(unit=unit, certainty=certainty, kind=kind)


def _group(unit: NamedUnit, place: Place, organisations: Sequence[Organisation]) -> Proposal:
    """Return the proposal for a label that means several units.

    Units of all districts are sure: those of one kind, else the governments, functional zones
    left out, which plans name beside them. Units of one district are likely its government,
    those of the city itself its departments.
    """
    label = unit.label.removeprefix(place.name)
    below = [each for each in organisations if each.place_id != place.pk]
    seats = [each for each in below if each.kind == OrganisationKind.DISTRICT]
    members: list[Organisation] = []
    certainty = Certainty.GROUP
    if unit.term and unit.term not in _GOVERNMENTS:
        members = [each for each in below if each.term == unit.term]
    elif _ALL_DISTRICTS.search(label):
        proper = [each for each in seats if each.place.kind != PlaceKind.ZONE]
        members = seats if is_zone(_SEAT.sub("", label)) else proper
    else:
        certainty = Certainty.LIKELY
        members = [each for each in seats if each.place.name in label]
        if not members and not _ONE_DISTRICT.search(label):
            own = [each for each in organisations if each.place_id == place.pk]
            members = [each for each in own if each.kind == OrganisationKind.DEPARTMENT]
    return Proposal(unit=unit, certainty=certainty if members else Certainty.UNKNOWN, members=tuple(members))


def _district(unit: NamedUnit, place: Place) -> str:
    """Return the name of the district or zone whose government a unit is; nothing for the city's own."""
    for name in (*unit.spellings, unit.label):
        head = _SEAT.sub("", name).removeprefix(place.name)
        if len(head) > 1 and head[-1] in "区县市旗" and head != place.name:
            return head
    return ""
