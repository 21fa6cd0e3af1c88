"""Units with their full names and their place in the dictionary of organisations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from shuiheng.plans.knowledge import OrganisationTerm, PlanKnowledge
from shuiheng.plans.model import UnitMention
from shuiheng.plans.passage import Passage

LEAST_SCORE = 0.6

_NOTE = re.compile(r"[（(〔\[【〈<][^）)〕\]】〉>]*[）)〕\]】〉>]?$")
_JOINERS = re.compile(r"[和与及、（）()]")
_SUFFIX = re.compile(
    r"(?:委员会|办公室|办公厅|管理局|管理委|管理中心|服务中心|总局|分局|局|厅|委|部|办|中心|署)$"
)
_INNER_OFFICE = re.compile(r"(?:处|科|(?<!公)室|股)$")
_LEVEL = "省市区县州旗盟"
_ANY_OF = re.compile(rf"[{_LEVEL}乡镇][（(]")
_NOT_A_LEVEL = re.compile(r"市场|市政|市容|区划|县域|省直|市直|区直|[省市区县]级|市辖|州级")
_PLACE = re.compile(
    rf"(?:[一-鿿]{{1,7}}?(?:自治区|自治州|自治县|[{_LEVEL}])(?:[市区县](?=[一-鿿]{{2}}))?){{1,3}}"
)
_WITHOUT_PREFIX = re.compile(
    r"各|有关|相关|其他|所有|全|本|国|中国|中央|中共|人行|人民银行|团|共青团|银保监|海关|最高|水利部|[一-鿿]{2,10}(?:公司|集团|银行|分行|支行|企业|单位|部门|机构|主体)"
)
_PARTY_UNIT = re.compile(r"宣传部|组织部|统战部|武装部|工作部|社会部")
_PARTY = re.compile(r"宣传部|组织部|统战部|政法委|网信办|编办|文明办|党校|改革办|纪委监委")


@dataclass(frozen=True, slots=True)
class OrganisationIndex:
    """The dictionary of organisations, ready for look-up.

    Args:
        exact: Id by squeezed name.
        stems: Id by name without its closing noun (`水利` for 水利局 and 水利厅).
        grams: Pairs of characters of each name, with its id.
    """

    exact: dict[str, str]
    stems: dict[str, str]
    grams: tuple[tuple[frozenset[str], str], ...]


def with_organisations(passages: tuple[Passage, ...], knowledge: PlanKnowledge) -> tuple[Passage, ...]:
    """Return the passages, their units with full names and organisations (责任单位).

    A prefix stands for the units that follow it in the same clause: `市发展改革委、商务局`
    gives 市商务局. The only prefix of a clause stands for the units before it as well, and
    a unit without any takes the one full name that it has elsewhere in the document.
    Names as written stay as they are.
    """
    index = index_of(knowledge.organisations)
    known: dict[str, tuple[str | None, float]] = {}
    resolved = []
    full = [_with_full_names(passage.units, index) for passage in passages]
    usual = _usual_names(full)
    for passage, units in zip(passages, full, strict=True):
        matched = []
        for unit in (replace(unit, full_name=unit.full_name or usual.get(unit.name)) for unit in units):
            name = unit.full_name or unit.name
            if name not in known:
                known[name] = organisation_of(name, index)
            matched.append(replace(unit, organisation=known[name][0], score=known[name][1]))
        resolved.append(replace(passage, units=tuple(matched)) if matched else passage)
    return tuple(resolved)


def index_of(terms: tuple[OrganisationTerm, ...]) -> OrganisationIndex:
    """Return the dictionary as an index; the first entry that has a name keeps it."""
    exact: dict[str, str] = {}
    stems: dict[str, str] = {}
    grams: list[tuple[frozenset[str], str]] = []
    for term in terms:
        for name in (term.name, *term.aliases):
            plain = _plain(name)
            exact.setdefault(plain, term.id)
            if len(_stem(plain)) > 1:
                stems.setdefault(_stem(plain), term.id)
            grams.append((_grams(_stem(plain)), term.id))
    return OrganisationIndex(exact=exact, stems=stems, grams=tuple(grams))


def organisation_of(name: str, index: OrganisationIndex) -> tuple[str | None, float]:
    """Return the id of the organisation that a name means and its likeness, or None and 0.

    1.0 is a name of the dictionary behind a place; 0.95 differs in its closing noun; 0.9
    stands inside a longer name (`宁波生态环境局慈溪分局`); below that the pairs of
    characters decide.
    """
    plain = _plain(_NOTE.sub("", name))
    core = _without_place(plain)
    for words in (plain, core, plain[1:] if plain[:1] in _LEVEL else plain):
        if words in index.exact:
            return index.exact[words], 1.0
    if _INNER_OFFICE.search(core) is not None:
        return None, 0.0
    if len(_stem(core)) > 1 and _stem(core) in index.stems:
        return index.stems[_stem(core)], 0.95
    inside = _inside(plain, index)
    if inside is not None:
        return inside, 0.9
    best, score = None, 0.0
    own = _grams(_stem(core))
    for grams, key in index.grams:
        likeness = 2 * len(own & grams) / (len(own) + len(grams)) if own and grams else 0.0
        if likeness > score:
            best, score = key, likeness
    return (best, round(score * 0.9, 3)) if score * 0.9 >= LEAST_SCORE else (None, 0.0)


def _inside(plain: str, index: OrganisationIndex) -> str | None:
    """Return the id of the longest dictionary name inside a name; one of two characters must end it."""
    for length in range(min(len(plain), 16), 2, -1):
        for start in range(len(plain) - length, -1, -1):
            found = index.exact.get(plain[start : start + length])
            if found is not None:
                return found
    return index.exact.get(plain[-2:]) if len(plain) > 3 else None


def _with_full_names(units: tuple[UnitMention, ...], index: OrganisationIndex) -> tuple[UnitMention, ...]:
    """Restore the prefix that units share with one named before them in the same clause."""
    full = []
    prefix = _only_prefix(units, index)
    for unit in units:
        own = _own_prefix(unit.name, index)
        if own is not None:
            prefix = _level_of(own)
            full.append(replace(unit, full_name=unit.name))
        elif _WITHOUT_PREFIX.match(unit.name) or _ANY_OF.match(unit.name) or _place_before(unit.name, index):
            full.append(replace(unit, full_name=unit.name))
        elif prefix is not None and _may_share(unit.name, index) and _fits(unit.name, prefix):
            level = f"{prefix}委" if _PARTY.match(unit.name) else prefix
            full.append(replace(unit, full_name=f"{level}{unit.name}"))
        else:
            full.append(unit)
    return tuple(full)


def _only_prefix(units: tuple[UnitMention, ...], index: OrganisationIndex) -> str | None:
    """Return the prefix of the units when all that have one have the same."""
    own = {_level_of(found) for unit in units if (found := _own_prefix(unit.name, index)) is not None}
    return own.pop() if len(own) == 1 else None


def _level_of(prefix: str) -> str:
    return prefix.removesuffix("委") if _is_party(prefix) else prefix


def _usual_names(lists: Iterable[tuple[UnitMention, ...]]) -> dict[str, str]:
    """Return the full name of each name that has one and no other in any list."""
    found: dict[str, set[str]] = {}
    for unit in chain.from_iterable(lists):
        if unit.full_name is not None:
            found.setdefault(unit.name, set()).add(unit.full_name)
    return {name: names.pop() for name, names in found.items() if len(names) == 1}


def _fits(name: str, prefix: str) -> bool:
    """Return whether a place can have such a unit: a 厅 is of a province, a 部 of the state or the party."""
    plain = _NOTE.sub("", name)
    if plain.endswith("厅"):
        return prefix.endswith(("省", "自治区"))
    return not plain.endswith("部") or _PARTY_UNIT.search(plain) is not None


def _may_share(name: str, index: OrganisationIndex) -> bool:
    """Return whether a name is one that a city, province or county has as its own."""
    plain = _plain(_NOTE.sub("", name))
    if plain in index.exact or _stem(plain) in index.stems:
        return True
    return len(plain) <= 9 and plain.endswith(("局", "委", "厅", "办", "中心"))


def _is_party(prefix: str) -> bool:
    return len(prefix) > 1 and prefix.endswith("委")


def _own_prefix(name: str, index: OrganisationIndex) -> str | None:
    """Return the place or level with which a name starts: `市`, `常州市`, `市委`, or None."""
    plain = _plain(name)
    is_whole = plain in index.exact and name[0] not in "团" and not _starts_with_level(name, index)
    if is_whole or _ANY_OF.match(name):
        return None
    if re.match(rf"[{_LEVEL}]委(?=[一-鿿]{{2}})", name):
        return name[:2]
    if name[0] in _LEVEL and _NOT_A_LEVEL.match(name) is None and len(name) > 2:
        return name[0]
    if name[0] in _LEVEL and _plain(name[1:]) in index.exact:
        return name[0]
    found = _PLACE.match(name)
    if (
        found is not None
        and len(found[0]) >= 3
        and len(name) - found.end() >= 2
        and _is_name(name[found.end() :], index)
    ):
        return found[0]
    return None


def _starts_with_level(name: str, index: OrganisationIndex) -> bool:
    return name[0] in _LEVEL and _plain(name[1:]) in index.exact


def _is_name(words: str, index: OrganisationIndex) -> bool:
    plain = _plain(_NOTE.sub("", words))
    return (
        plain in index.exact
        or _stem(plain) in index.stems
        or words.endswith(("局", "委", "厅", "办", "中心"))
    )


def _place_before(name: str, index: OrganisationIndex) -> bool:
    """Return whether a place stands before a dictionary name (`宁波生态环境局`)."""
    plain = _plain(_NOTE.sub("", name))
    if plain in index.exact or _stem(plain) in index.stems:
        return False
    return (
        any(plain[cut:] in index.exact for cut in range(2, min(7, len(plain) - 1)))
        or "分局" in plain
        or "支行" in plain
    )


def _without_place(plain: str) -> str:
    """Return a name without the place or level before it."""
    found = _PLACE.match(plain)
    if found is not None and len(found[0]) >= 3 and len(plain) - found.end() >= 2:
        return (
            plain[found.end() :].removeprefix("委")
            if plain[found.end() :].startswith("委")
            else plain[found.end() :]
        )
    if len(plain) > 3 and plain[0] in _LEVEL and _NOT_A_LEVEL.match(plain) is None:
        return plain[2:] if plain[1] == "委" else plain[1:]
    if len(plain) > 3 and plain[0] in _LEVEL and plain[0] == plain[1]:
        return plain[1:]
    return plain


def _plain(name: str) -> str:
    return _JOINERS.sub("", name)


def _stem(plain: str) -> str:
    return _SUFFIX.sub("", plain) or plain


def _grams(words: str) -> frozenset[str]:
    return frozenset(words[i : i + 2] for i in range(len(words) - 1)) or frozenset((words,))
