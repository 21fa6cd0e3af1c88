"""Which districts a target means by the words of its scope (目标范围)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from shuiheng.adapters.records.models import Place, ScopeKind, ScopeMeaning

_ALL = re.compile(r"各|全市|全区|全县|全域|辖区")
_SEAT = frozenset({"市", "市级", "市本级", "市直", "本级", "市属"})
_JOINTS = re.compile(r"[、，,；;]|和|及|与")
_DISTRICT = re.compile(r"[区县市旗]$")
_PART = re.compile(r"(?:地|城|市|灌|灌溉|社|小|库|片|园|农|集聚|超采|受水|缺水|建成)区$")
"""Words that end as the name of a district does and mean a part of a city, or a class of places."""


@dataclass(frozen=True, slots=True)
class SaidScope:
    """What a person said that words mean: all of the city, a part with some districts, or nothing there."""

    kind: ScopeKind
    districts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Districts:
    """The districts of a city by key, and which of them each place below it belongs to.

    Args:
        city: Key of the city.
        names: Name of each district, in the order of the city.
        above: Key of the district in which each place below the city lies, itself for a district.
        said: What persons said that words for a part of the city mean (范围口径).
    """

    city: str
    names: Mapping[str, str]
    above: Mapping[str, str]
    said: Mapping[str, SaidScope] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The districts that a scope means.

    Args:
        districts: Their keys; None for the whole city.
        missing: Names of districts that the city does not have here.
        words: The scope itself, where it names a class of users and not a district.
        part: The words for a part of the city, whose own statistics are meant; empty for none.
        is_nowhere: Whether the city has no such part, as a person said.
        is_open: Whether it names a part of the city of which nobody has said yet what it means.
    """

    districts: frozenset[str] | None = None
    missing: tuple[str, ...] = ()
    words: str = ""
    part: str = ""
    is_nowhere: bool = False
    is_open: bool = False


def districts_below(city: Place) -> Districts:
    """Return the districts of a city with the places below them."""
    rows = list(
        Place.objects.filter(parent=city, to_on__isnull=True)
        .order_by("order", "pk")
        .values_list("pk", "name")
    )
    above = {str(key): str(key) for key, _ in rows}
    edge = dict(above)
    while edge:
        below = Place.objects.filter(parent__in=[int(key) for key in edge]).values_list("pk", "parent_id")
        edge = {str(key): edge[str(parent)] for key, parent in below if str(key) not in above}
        above |= edge
    return Districts(
        city=str(city.pk),
        names={str(key): name for key, name in rows},
        above=above | {str(city.pk): str(city.pk)},
        said=_said(city),
    )


def _said(city: Place) -> Mapping[str, SaidScope]:
    """Return what persons said that words mean; a district that is no more is left out."""
    rows = ScopeMeaning.objects.filter(city=city, superseded_at__isnull=True)
    return {row.words: SaidScope(ScopeKind(row.kind), frozenset(map(str, row.districts))) for row in rows}


def districts_meant(scope: str, districts: Districts) -> Meant:
    """Return the districts that the scope of a target means.

    A name without its last word (金坛 for 金坛区) is enough where one district alone fits. What a person said
    of the words goes before all else.
    """
    words = scope.strip()
    if (said := districts.said.get(words)) is not None:
        return _as_said(words, said, districts)
    if not words or _ALL.search(words):
        return Meant()
    if words in _SEAT:
        return Meant(districts=frozenset({districts.city}))
    found: dict[str, list[str]] = defaultdict(list)
    for part in (each for each in _JOINTS.split(words) if each):
        found[part] = _named(part, districts)
    missing = tuple(part for part, keys in found.items() if len(keys) != 1)
    if not missing:
        return Meant(districts=frozenset(keys[0] for keys in found.values()))
    return _without_place(words, tuple(found), missing)


def _without_place(words: str, parts: tuple[str, ...], missing: tuple[str, ...]) -> Meant:
    """Return what a scope means of which some words name no district: a part, another district, a class."""
    if all(_PART.search(part) for part in missing):
        return Meant(words=words, is_open=True)
    if all(_DISTRICT.search(part) for part in parts):
        return Meant(missing=missing)
    return Meant(words=words)


def _as_said(words: str, said: SaidScope, districts: Districts) -> Meant:
    if said.kind == ScopeKind.WHOLE:
        return Meant()
    if said.kind == ScopeKind.NONE:
        return Meant(words=words, is_nowhere=True)
    return Meant(districts=(said.districts & districts.names.keys()) or None, part=words)


def _named(part: str, districts: Districts) -> list[str]:
    exact = [key for key, name in districts.names.items() if name == part]
    if exact:
        return exact
    begun = [
        key for key, name in districts.names.items() if name.startswith(part) and len(name) == len(part) + 1
    ]
    return begun or [key for key, name in districts.names.items() if name.endswith(part)]
