"""Gates of the rulebook: `gates/<id>.yaml`, one gate in a file, with the words of `words/gates.yaml`.

The form of a file::

    name: {zh: 洗车循环用水, en: Circulating water of a car wash}
    kinds: [new, rebuilt, enlarged]         # of which kinds of project it is asked
    stage: completion                       # one of the stages of the words
    instead_of: ""                          # a gate that is not asked where this one holds; may be left out
    applies:                                # when it is asked; an empty list holds
      all:
        - {fact: category, is: "carwash"}
        - {fact: wash_bays, at_least: [{rule: gates/carwash_bays_circulating}]}
    passes:
      all:
        - {fact: circulating_water, is: "yes"}
    evidence: {zh: 设施验收材料, en: Papers of the facility}
    bases:                                  # the clauses, each for its place
      - {source: ha-zhengzhou-water-saving-2007, at: 第三十条, from: 2020-06-03, mark: found, area: "4101"}
    checked: {day: null, by: null}

A condition names a fact and one operator: `is` a word, `among` words, or `at_least`, `above`, `at_most`,
`below` a list of facts and rules of which the first known one counts. `all` and `any` may be nested.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, read_files, rulebook_folder
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.places import both_names
from shuiheng.adapters.rulebook.sources import check_checked, shipped_sources
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.allowances.gates import Gate
from shuiheng.rules.basis import Basis
from shuiheng.rules.conditions import Condition, Group, Operand, Operator
from shuiheng.rules.parameter import Check, Mark, Parameter, Shape

FIELDS = ("name", "kinds", "stage", "instead_of", "applies", "passes", "evidence", "bases", "checked")
BASIS_FIELDS = ("source", "at", "from", "mark", "area", "printed")
WORD_OPERATORS = (Operator.IS, Operator.AMONG)
FLAG_WORDS = frozenset({"yes", "no"})
FORMS, ORIGINS = ("flag", "number", "word"), ("project", "ledger", "entered")
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWord:
    """A fact that gates name.

    Args:
        names: Its name in `zh` and `en`.
        form: `flag`, `number` or `word`.
        origin: `project`, `ledger` or `entered`.
        unit: Unit of a number.
        choices: Names of the words that it can be.
    """

    names: Mapping[str, str]
    form: str
    origin: str
    unit: str
    choices: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class GateWords:
    """Words of gates, each by its id in the order of the file."""

    stages: Names
    kinds: Names
    categories: Names
    waters: Names
    facts: Mapping[str, FactWord]


@cache
def shipped_gates() -> tuple[Gate, ...]:
    """Return the gates that the program ships, by stage.

    Raises:
        RulebookError: A file breaks a rule of the rulebook.
    """
    return read_gates(rulebook_folder())


@cache
def gate_words() -> GateWords:
    """Return the words of gates.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_gate_words(rulebook_folder())


def read_gates(folder: Traversable) -> tuple[Gate, ...]:
    """Return the gates below a folder, by stage and then by file.

    Raises:
        RulebookError: A file breaks a rule, or names a fact, stage, rule or source that does not exist.
    """
    words = read_gate_words(folder)
    entries = dict(read_files(folder, "gates"))
    made = []
    for name, entry in entries.items():
        other = entry.get("instead_of", str) or ""
        if other and (other == name or other not in entries):
            raise entry.at("instead_of").refuse(
                f"there is no other gate `{other}`", "Name a file of this folder."
            )
        made.append(_gate(name, entry, words))
    order = {stage: place for place, stage in enumerate(words.stages)}
    return tuple(sorted(made, key=lambda gate: (order[gate.stage], gate.id)))


def read_gate_words(folder: Traversable) -> GateWords:
    """Return the words of gates below a folder.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(folder, "words/gates.yaml")
    entry.only("stages", "kinds", "categories", "waters", "facts", "choices", "checked")
    check_checked(entry)
    categories = _names(entry.at("categories"))
    chosen = {name: _names(entry.at("choices").at(name)) for name in entry.take("choices", dict)}
    chosen["categories"] = categories
    facts = {name: _fact(entry.at("facts").at(name), chosen) for name in entry.take("facts", dict)}
    return GateWords(
        stages=_names(entry.at("stages")),
        kinds=_names(entry.at("kinds")),
        categories=categories,
        waters=_names(entry.at("waters")),
        facts=MappingProxyType(facts),
    )


def _names(entry: Entry) -> Names:
    return MappingProxyType({name: both_names(entry.at(name)) for name in entry.itself(dict)})


def _fact(entry: Entry, chosen: Mapping[str, Names]) -> FactWord:
    entry.only("zh", "en", "form", "from", "unit", "choices")
    form, origin = entry.take("form", str), entry.take("from", str)
    _one_of(entry, "form", FORMS)
    _one_of(entry, "from", ORIGINS)
    if form == "word":
        _one_of(entry, "choices", chosen)
    return FactWord(
        names={"zh": entry.take("zh", str), "en": entry.take("en", str)},
        form=form,
        origin=origin,
        unit=entry.get("unit", str) or "",
        choices=chosen[entry.take("choices", str)] if form == "word" else {},
    )


def _gate(name: str, entry: Entry, words: GateWords) -> Gate:
    entry.only(*FIELDS)
    check_checked(entry)
    _one_of(entry, "stage", words.stages)
    kinds = entry.words("kinds")
    if not kinds or not set(kinds) <= set(words.kinds):
        raise entry.at("kinds").refuse("a kind is missing or unknown", f"Use {', '.join(words.kinds)}.")
    entry.take("bases", list)
    return Gate(
        id=name,
        names=both_names(entry.at("name")),
        kinds=frozenset(kinds),
        stage=entry.take("stage", str),
        applies=_group(entry.at("applies"), words),
        passes=_group(entry.at("passes"), words),
        evidence=both_names(entry.at("evidence")),
        bases=tuple(_basis(each, entry) for each in entry.each("bases")),
        instead_of=entry.get("instead_of", str) or "",
    )


def _basis(entry: Entry, gate: Entry) -> Basis:
    entry.only(*BASIS_FIELDS)
    _one_of(entry, "source", shipped_sources())
    _one_of(entry, "mark", [each.value for each in Mark])
    checked = gate.at("checked")
    by, on = checked.get("by", str), checked.day("day")
    return Basis(
        source=entry.take("source", str),
        clause=entry.take("at", str),
        area=entry.get("area", str) or "",
        valid_from=entry.take("from", date),
        mark=Mark(entry.take("mark", str)),
        printed=entry.words("printed"),
        check=Check(by=by, on=on) if by and on else None,
    )


def _group(entry: Entry, words: GateWords) -> Group:
    entry.only("all", "any")
    names = list(entry.itself(dict))
    if len(names) != 1:
        raise entry.refuse("conditions stand under `all` or under `any`", "Keep one of both.")
    entry.take(names[0], list)
    parts = tuple(_part(each, words) for each in entry.each(names[0]))
    if names[0] == "any" and not parts:
        raise entry.refuse("an empty `any` never holds", "Write its conditions, or `all: []`.")
    return Group(parts=parts, is_any=names[0] == "any")


def _part(entry: Entry, words: GateWords) -> Condition | Group:
    if "fact" not in entry.itself(dict):
        return _group(entry, words)
    entry.only("fact", *(each.value for each in Operator))
    _one_of(entry, "fact", words.facts)
    used = [each for each in Operator if each.value in entry.itself(dict)]
    if len(used) != 1:
        raise entry.refuse("a condition has one operator", f"Use one of {', '.join(Operator)}.")
    operator, fact = used[0], entry.take("fact", str)
    is_number = words.facts[fact].form == "number"
    if is_number is (operator in WORD_OPERATORS):
        raise entry.refuse(f"`{fact}` cannot be compared by `{operator}`", "Use an operator of its form.")
    if operator in WORD_OPERATORS:
        return Condition(fact=fact, operator=operator, words=_chosen(entry, operator, words.facts[fact]))
    operands = tuple(_operand(each, words) for each in entry.each(operator.value))
    if not operands:
        raise entry.refuse(f"`{operator}` has nothing to compare with", "Name a fact or a rule.")
    return Condition(fact=fact, operator=operator, operands=operands)


def _chosen(entry: Entry, operator: Operator, fact: FactWord) -> tuple[str, ...]:
    given = (entry.take("is", str),) if operator is Operator.IS else entry.words("among")
    allowed = FLAG_WORDS if fact.form == "flag" else set(fact.choices)
    if not given or not set(given) <= allowed:
        raise entry.at(operator.value).refuse("a word is unknown", f"Use {', '.join(sorted(allowed))}.")
    return given


def _operand(entry: Entry, words: GateWords) -> Operand:
    entry.only("fact", "rule", "part")
    fact, rule = entry.get("fact", str) or "", entry.get("rule", str) or ""
    part = entry.get("part", str) or ""
    if bool(fact) is bool(rule):
        raise entry.refuse("a number is a fact or a rule", "Name one of both.")
    if fact and (fact not in words.facts or words.facts[fact].form != "number"):
        raise entry.at("fact").refuse(f"`{fact}` is no fact with a number", "Name one of words/gates.yaml.")
    if rule and rule not in shipped_rulebook():
        raise entry.at("rule").refuse(f"there is no rule `{rule}`", "Declare it in parameters/cn/.")
    if rule and not _fits(shipped_rulebook()[rule], part):
        raise entry.refuse(f"`{rule}` has no number `{part}`", "Name one of its fields, or none.")
    return Operand(fact=fact, rule=rule, part=part)


def _fits(rule: Parameter, part: str) -> bool:
    if rule.shape is Shape.RECORD:
        return part in rule.fields
    return bool(part) is (rule.shape is Shape.NUMBERS)


def _one_of(entry: Entry, field: str, allowed: object) -> None:
    value = entry.take(field, str)
    known = list(allowed) if isinstance(allowed, Mapping | list | tuple) else []
    if value not in known:
        raise entry.at(field).refuse(f"`{value}` is unknown", f"Use {', '.join(known[:20])}.")
