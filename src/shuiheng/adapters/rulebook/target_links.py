"""By what targets of plans are linked: the words of programmes and duties, and `words/target_links.yaml`.

The form::

    units: {km: [km, 米], share: ["%"]}     # units of measures, and how plans write them
    families:                               # words for several kinds at once
      carriers: {words: [节水型载体], kinds: [saving_school, saving_park]}
    last: [policy_document]                 # kinds whose words are so general that all others go before
    outside:                                # fields that this program does not follow
      energy: {zh: 能源, en: energy, words: [能耗]}
    gaps:                                   # a sentence for each reason why nothing serves a target
      outside: {zh: "属于{what}", en: "belongs to {what}"}
    checked: {day: null, by: null}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.conditions import Names, read_names
from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.knowledge import load_knowledge
from shuiheng.adapters.rulebook.membership import membership_book
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.programmes.target_link import LinkGap, Linking, TargetLink
from shuiheng.programmes.target_servers import SHARE, ServerSort, TargetServer, Wording, programme_server

FILE = "words/target_links.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLinks:
    """What targets are linked by.

    Args:
        linking: The words.
        outside: Names of the fields that lie outside, in `zh` and `en`.
        gaps: Sentences for the reasons why nothing serves a target, in `zh` and `en`.
    """

    linking: Linking
    outside: Names
    gaps: Names

    def reason(self, link: TargetLink, language: str) -> str:
        """Return why nothing serves a target, or nothing when it is linked."""
        if link.gap is None:
            return ""
        named = {LinkGap.OUTSIDE: self.outside}
        if link.gap is LinkGap.UNIT:
            named[LinkGap.UNIT] = {name: kind.names for name, kind in shipped_programmes().items()}
        what = named.get(link.gap, {}).get(link.gap_words, {}).get(language, link.gap_words)
        return self.gaps[link.gap][language].format(what=what)


@cache
def target_links() -> TargetLinks:
    """Return by what targets are linked to the programmes that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_target_links(rulebook_folder())


def read_target_links(folder: Traversable) -> TargetLinks:
    """Return by what targets are linked, from the file below a folder.

    Raises:
        RulebookError: The file breaks a rule, or names a kind or unit that does not exist.
    """
    entry = read_file(folder, FILE)
    entry.only("units", "families", "last", "outside", "gaps", "checked")
    check_checked(entry)
    fields = {name: entry.at("outside").at(name) for name in entry.take("outside", dict)}
    for each in fields.values():
        each.only("zh", "en", "words")
    servers = (*_programmes(entry), *_duties(), *(_outside(name, each) for name, each in fields.items()))
    return TargetLinks(
        linking=Linking(servers=servers, units=_units(entry.at("units")), indicators=_indicators()),
        outside=MappingProxyType(
            {name: {"zh": each.take("zh", str), "en": each.take("en", str)} for name, each in fields.items()}
        ),
        gaps=_gaps(entry),
    )


def _gaps(entry: Entry) -> Names:
    held = entry.at("gaps")
    found = read_names(held)
    if set(found) != set(LinkGap):
        raise held.refuse("each reason has a sentence", f"Write one for {', '.join(LinkGap)}.")
    return found


def _units(entry: Entry) -> Mapping[str, tuple[str, ...]]:
    """Return the units of measures by the unit as plans write it; the narrower one of two goes first."""
    known = {*programme_words().units, SHARE}
    found: dict[str, tuple[str, ...]] = {}
    for unit in sorted(entry.itself(dict), key=lambda name: len(entry.words(name))):
        if unit not in known:
            raise entry.at(unit).refuse(f"there is no unit `{unit}`", "Use those of words/programmes.yaml.")
        for written in entry.words(unit):
            found[written] = (*found.get(written, ()), unit)
    return MappingProxyType(found)


def _programmes(entry: Entry) -> tuple[TargetServer, ...]:
    kinds = shipped_programmes()
    last = _kinds(entry, "last")
    words: dict[str, tuple[str, ...]] = {}
    for name in entry.take("families", dict):
        family = entry.at("families").at(name)
        family.only("words", "kinds")
        for kind in _kinds(family, "kinds"):
            words[kind] = (*words.get(kind, ()), *family.words("words"))
    return tuple(
        programme_server(kind, more_words=words.get(kind.id, ()), is_general=kind.id in last)
        for kind in kinds.values()
    )


def _kinds(entry: Entry, field: str) -> tuple[str, ...]:
    named = entry.words(field)
    unknown = [name for name in named if name not in shipped_programmes()]
    if unknown:
        raise entry.at(field).refuse(f"there is no kind `{unknown[0]}`", "Name files of programmes/.")
    return named


def _indicators() -> Mapping[str, str]:
    """Return the ids of indicators by name; the first one keeps a name that several have."""
    found: dict[str, str] = {}
    for term in load_knowledge().indicators:
        for name in (term.name, *term.aliases):
            found.setdefault(name, term.id)
    return MappingProxyType(found)


def _duties() -> tuple[TargetServer, ...]:
    words: dict[str, tuple[str, ...]] = {}
    for word, duty in membership_book().words.duties.items():
        words[duty] = (*words.get(duty, ()), word)
    return tuple(_plain(duty, ServerSort.DUTY, named) for duty, named in words.items())


def _outside(name: str, entry: Entry) -> TargetServer:
    words = entry.words("words")
    if not words:
        raise entry.refuse("it has no words", "Write `words`.")
    return _plain(name, ServerSort.OUTSIDE, words)


def _plain(name: str, sort: ServerSort, words: tuple[str, ...]) -> TargetServer:
    return TargetServer(id=name, sort=sort, wordings=(Wording(words=words),), countings={})
