"""Facts that follow from the ledger and from settled months: how each is computed, and when it cannot be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.rulebook.places import both_names
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry, one_of
from shuiheng.adapters.rulebook.use_classes import use_classes

FILE = "indicators/computed.yaml"
ALL, TOLD = "all", "told"
WITH_PLAN, PUBLIC, PROGRESSIVE = "with_plan", "public", "progressive"
ORIGINS = ("ledger", "settled")


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRule:
    """Which water of settled months a fact adds up (水量类基础数据的取数规则).

    Args:
        fact: Id of the fact.
        is_told: Whether only what registers tell counts, without what was estimated.
        classes: Classes of use that count; all when empty.
        source: Kind of source that counts; all when empty.
        not_divisions: Divisions of industry that do not count.
        who: Set of users that counts: `with_plan`, `public`, `progressive`, or all when empty.
        is_after_entered: Whether an entered fact goes before it.
    """

    fact: str
    is_told: bool
    classes: frozenset[str]
    source: str
    not_divisions: frozenset[str]
    who: str
    is_after_entered: bool

    def counts(self, use_class: str, source_kind: str, division: str) -> bool:
        """Return whether water of a class, a kind of source and a division counts."""
        if self.classes and use_class not in self.classes:
            return False
        return (not self.source or source_kind == self.source) and division not in self.not_divisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """How a fact is computed, and when it is not, in `zh` and `en`; one of both may be empty."""

    how: Mapping[str, str]
    when_not: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedFacts:
    """All facts that this program computes.

    Args:
        uses: Those that add up water, by fact.
        counts: Facts that are counted.
        explained: By fact, how it is computed and when it is not.
        shares: By fact, the parts of it that are held against it.
    """

    uses: Mapping[str, UseRule]
    counts: tuple[str, ...]
    explained: Mapping[str, Explained]
    shares: Mapping[str, tuple[str, ...]]

    @property
    def divisions(self) -> frozenset[str]:
        """Return the divisions of industry that some rule tells apart."""
        return frozenset(each for rule in self.uses.values() for each in rule.not_divisions)

    def with_shares(self, facts: Collection[str]) -> frozenset[str]:
        """Return some facts with the wholes and parts that decide of which origin they are."""
        tied = ({whole, *parts} for whole, parts in self.shares.items())
        return frozenset(facts).union(*(each for each in tied if each & set(facts)))


@cache
def computed_facts() -> ComputedFacts:
    """Return the rules that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_computed_facts(rulebook_folder())


def read_computed_facts(folder: Traversable) -> ComputedFacts:
    """Return the rules below a folder; each fact of the ledger and of settled months has one.

    Raises:
        RulebookError: The file breaks a rule, or a fact is told twice or not at all.
    """
    file = read_file(folder, FILE)
    file.only("uses", "counts", "not_computed", "shares", "checked")
    check_checked(file)
    asked = {name for name, origin in indicator_book().origins.items() if origin in ORIGINS}
    explained: dict[str, Explained] = {}
    uses = {rule.fact: rule for rule in (_use(each, asked, explained) for each in file.each("uses"))}
    counts = tuple(_fact(each, asked, explained, "how", "when_not") for each in file.each("counts"))
    for each in file.each("not_computed"):
        _fact(each, asked, explained, "why")
    if asked - explained.keys():
        raise file.refuse(f"{sorted(asked - explained.keys())} have no rule", "Say how, or why not.")
    shares = {
        one_of(each, "whole", asked): tuple(each.words("parts"))
        for each in file.each("shares")
        if _is_share(each)
    }
    return ComputedFacts(
        uses=MappingProxyType(uses),
        counts=counts,
        explained=MappingProxyType(explained),
        shares=MappingProxyType(shares),
    )


def _is_share(entry: Entry) -> bool:
    """Return whether a row of shares names facts that exist; it is refused otherwise."""
    entry.only("whole", "parts")
    unknown = sorted(set(entry.words("parts")) - indicator_book().facts.keys())
    if unknown:
        raise entry.at("parts").refuse(f"`{unknown[0]}` is no fact", "Name facts.")
    return True


def _use(entry: Entry, asked: set[str], explained: dict[str, Explained]) -> UseRule:
    own = ("takes", "classes", "source", "not_divisions", "who", "after_entered")
    return UseRule(
        fact=_fact(entry, asked, explained, "how", "when_not", *own),
        is_told=one_of(entry, "takes", (ALL, TOLD)) == TOLD,
        classes=frozenset(_known_class(entry, name) for name in entry.words("classes")),
        source=one_of(entry, "source", ("abstraction", "supply")) if entry.get("source", str) else "",
        not_divisions=frozenset(entry.words("not_divisions")),
        who=one_of(entry, "who", (WITH_PLAN, PUBLIC, PROGRESSIVE)) if entry.get("who", str) else "",
        is_after_entered=entry.get("after_entered", bool) or False,
    )


def _known_class(entry: Entry, name: str) -> str:
    if name not in use_classes():
        raise entry.at("classes").refuse(f"`{name}` is no class of use", "Name a class of the ledger.")
    return name


def _fact(entry: Entry, asked: set[str], explained: dict[str, Explained], *keys: str) -> str:
    entry.only("id", *keys)
    name = one_of(entry, "id", asked)
    if name in explained:
        raise entry.refuse(f"`{name}` is told twice", "Tell it once.")
    is_computed = "how" in keys
    explained[name] = Explained(
        how=both_names(entry.at("how")) if is_computed else {},
        when_not=both_names(entry.at("when_not" if is_computed else "why")),
    )
    return name
