"""Rules of membership, the duties and amounts that they name, and the words by which plans are read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, read_files, rulebook_folder
from shuiheng.adapters.rulebook.sources import check_checked, read_sources
from shuiheng.adapters.rulebook.strict_yaml import Entry, one_of
from shuiheng.adapters.rulebook.use_classes import Named, names_of, read_use_classes
from shuiheng.kernel.comparison import WORDS, comparison_of
from shuiheng.kernel.water_volume import litres_of
from shuiheng.rules.cut_offs import MemberWords
from shuiheng.rules.membership import MembershipRule, Who

FOLDER = "ledger/membership"
DUTIES_FILE, QUANTITIES_FILE = "ledger/duties.yaml", "ledger/quantities.yaml"
WORDS_FILE = "ledger/member_words.yaml"
RULE_FIELDS = (
    "name",
    "duty",
    "quantity",
    "comparator",
    "value",
    "unit",
    "who",
    "area",
    "from",
    "to",
    "strength",
    "source",
    "at",
    "mark",
    "checked",
)
WHO_FIELDS = ("classes", "sources", "is_above_scale", "is_public", "beside")
SOURCES = frozenset({"abstraction", "supply"})
WATERS = frozenset({"surface", "groundwater", "geothermal"})
ORIGINS = ("use", "permit")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDuty(Named):
    """A duty; `list_names` is what its list is called."""

    list_names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberQuantity(Named):
    """An amount by which rules decide.

    Args:
        origin: `use` for what meters tell of the year before, `permit` for what permits allow.
        sources: Kinds of source from which the water comes; any when empty.
        waters: Kinds of water that are counted; any when empty.
    """

    origin: str
    sources: frozenset[str]
    waters: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRule(Named):
    """A rule of membership of a law or an upper plan.

    Args:
        rule: What it says.
        area: Code of the division below which it applies; empty for the whole country.
        from_on: First day on which it applies.
        to_on: First day on which it applies no longer, or None.
        source: Id of its source.
        at: Where in the source it stands.
        mark: Whether its text was read (`found`) or is known only (`known`).
    """

    rule: MembershipRule
    area: str
    from_on: date
    to_on: date | None
    source: str
    at: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipBook:
    """Everything of the rulebook about membership."""

    rules: Mapping[str, WrittenRule]
    duties: Mapping[str, MemberDuty]
    quantities: Mapping[str, MemberQuantity]
    words: MemberWords


@cache
def membership_book() -> MembershipBook:
    """Return what the rulebook says about membership.

    Raises:
        RulebookError: A file breaks a rule of the rulebook.
    """
    return read_membership(rulebook_folder())


def read_membership(folder: Traversable) -> MembershipBook:
    """Return what the files below a folder say about membership."""
    classes = frozenset(read_use_classes(folder))
    duty_entry, quantity_entry = read_file(folder, DUTIES_FILE), read_file(folder, QUANTITIES_FILE)
    duties, quantities = _duties(duty_entry), _quantities(quantity_entry)
    known = {source.id for source in read_sources(folder)}
    rules = {}
    for name, entry in read_files(folder, FOLDER):
        entry.only(*RULE_FIELDS)
        for field, allowed in (("duty", duties), ("quantity", quantities), ("source", known)):
            one_of(entry, field, allowed)
        rules[name] = _written(name, entry, classes)
    return MembershipBook(
        rules=MappingProxyType(rules),
        duties=duties,
        quantities=quantities,
        words=_words(folder, duty_entry, quantity_entry, classes),
    )


def _written(name: str, entry: Entry, classes: frozenset[str]) -> WrittenRule:
    check_checked(entry)
    word = one_of(entry, "comparator", WORDS)
    litres = litres_of(entry.number("value"), entry.take("unit", str))
    if litres is None or litres < 0:
        raise entry.at("value").refuse("it is no volume of water", "Give a volume from 0, in m3.")
    from_on, to_on = entry.take("from", date), entry.day("to")
    if to_on is not None and to_on <= from_on:
        raise entry.at("to").refuse("it ends before it begins", "Mend the days.")
    return WrittenRule(
        id=name,
        names=names_of(entry),
        rule=MembershipRule(
            duty=entry.take("duty", str),
            quantity=entry.take("quantity", str),
            op=comparison_of(word),
            limit=litres,
            who=_who(entry.at("who"), classes) if entry.get("who", dict) else Who(),
            is_wish=one_of(entry, "strength", ("must", "wish")) == "wish",
        ),
        area=entry.get("area", str) or "",
        from_on=from_on,
        to_on=to_on,
        source=entry.take("source", str),
        at=entry.take("at", str),
        mark=one_of(entry, "mark", ("found", "known")),
    )


def _who(entry: Entry, classes: frozenset[str], *, other: tuple[str, ...] = ()) -> Who:
    entry.only(*WHO_FIELDS, *other)
    return Who(
        classes=_each_of(entry, "classes", classes),
        sources=_each_of(entry, "sources", SOURCES),
        is_above_scale=bool(entry.get("is_above_scale", bool)),
        is_public=entry.get("is_public", bool),
        beside=entry.words("beside"),
    )


def _duties(entry: Entry) -> Mapping[str, MemberDuty]:
    entry.only("duties", "checked")
    check_checked(entry)
    held = entry.at("duties")
    found = {}
    for name in entry.take("duties", dict):
        own = held.at(name)
        own.only("name", "list", "words")
        found[name] = MemberDuty(id=name, names=names_of(own), list_names=names_of(own, "list"))
    return MappingProxyType(found)


def _quantities(entry: Entry) -> Mapping[str, MemberQuantity]:
    entry.only("quantities", "of_source", "water", "periods", "not_amounts", "checked")
    check_checked(entry)
    held = entry.at("quantities")
    found = {}
    for name in entry.take("quantities", dict):
        own = held.at(name)
        own.only("name", "from", "sources", "waters", "words")
        found[name] = MemberQuantity(
            id=name,
            names=names_of(own),
            origin=one_of(own, "from", ORIGINS),
            sources=_each_of(own, "sources", SOURCES),
            waters=_each_of(own, "waters", WATERS),
        )
    return MappingProxyType(found)


def _words(folder: Traversable, duties: Entry, quantities: Entry, classes: frozenset[str]) -> MemberWords:
    entry = read_file(folder, WORDS_FILE)
    entry.only("whom", "neutral", "every", "joins", "beside", "wishes", "spares", "checked")
    check_checked(entry)
    whom: dict[str, Who] = {}
    for each in entry.each("whom"):
        who = _who(each, classes, other=("words",))
        for word in each.words("words"):
            if word in whom:
                raise each.at("words").refuse(f"`{word}` stands twice", "Keep one of them.")
            whom[word] = who
    amounts = quantities.at("quantities")
    of_source = {}
    for each in quantities.each("of_source"):
        each.only("quantity", "source", "becomes")
        for field in ("quantity", "becomes"):
            one_of(each, field, amounts.itself(dict))
        of_source[each.take("quantity", str), one_of(each, "source", SOURCES)] = each.take("becomes", str)
    return MemberWords(
        quantities=MappingProxyType(_by_word(amounts)),
        of_source=MappingProxyType(of_source),
        water=quantities.words("water"),
        periods=quantities.words("periods"),
        not_amounts=quantities.words("not_amounts"),
        duties=MappingProxyType(_by_word(duties.at("duties"))),
        spares=entry.words("spares"),
        wishes=entry.words("wishes"),
        whom=MappingProxyType(whom),
        neutral=entry.words("neutral"),
        joins=entry.words("joins"),
        every=entry.words("every"),
        beside=entry.words("beside"),
    )


def _by_word(entry: Entry) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in entry.itself(dict):
        for word in entry.at(name).words("words"):
            if word in found:
                raise entry.at(name).refuse(f"`{word}` stands twice", "Keep one of them.")
            found[word] = name
    return found


def _each_of(entry: Entry, field: str, allowed: Collection[str]) -> frozenset[str]:
    found = entry.words(field)
    for word in found:
        if word not in allowed:
            raise entry.at(field).refuse(f"unknown word `{word}`", f"Use {', '.join(sorted(allowed))}.")
    return frozenset(found)
