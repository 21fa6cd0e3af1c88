"""Conditions over named facts as the rulebook writes them, and the words of those facts.

The form of a group::

    all:                                    # or `any`, or `none`; an empty `all` holds
      - {fact: category, is: "carwash"}
      - {fact: wash_bays, at_least: [{rule: gates/carwash_bays_circulating}]}
      - {fact: metering_rate, at_least: [{number: "0.95"}]}
      - {member: water_balance_test}        # covered by a duty of ledger/duties.yaml
      - none: [{fact: is_closed, is: "yes"}]

A condition names a fact and one operator: `is` a word, `among` words, or `at_least`, `above`, `at_most`,
`below` a list of facts, rules and numbers of which the first known one counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.places import both_names
from shuiheng.adapters.rulebook.strict_yaml import Entry, one_of
from shuiheng.rules.conditions import Condition, Group, Operand, Operator
from shuiheng.rules.parameter import Parameter, Shape

WORD_OPERATORS = (Operator.IS, Operator.AMONG)
FLAG, NUMBER, WORD = "flag", "number", "word"
FORMS = (FLAG, NUMBER, WORD)
FLAG_WORDS = frozenset({"yes", "no"})
MEMBER = "member:"
JOINS = {"all": Group(), "any": Group(is_any=True), "none": Group(is_negated=True)}
Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWord:
    """A fact that conditions name.

    Args:
        names: Its name in `zh` and `en`.
        form: `flag`, `number` or `word`.
        origin: Who says it, such as `ledger` or `entered`.
        unit: Unit of a number.
        choices: Names of the words that it can be.
        indicator: Id of the indicator that gives it for a whole place, or empty.
    """

    names: Mapping[str, str]
    form: str
    origin: str
    unit: str
    choices: Names
    indicator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What conditions of one sort of file may name.

    Args:
        facts: Words of facts by name.
        duties: Duties whose membership can be asked; none where that makes no sense.
        has_numbers: Whether a clause may give its own numbers; else they are rules.
    """

    facts: Mapping[str, FactWord]
    duties: frozenset[str] = frozenset()
    has_numbers: bool = False


def read_names(entry: Entry) -> Names:
    """Return the names in `zh` and `en` of each word of a field."""
    return MappingProxyType({name: both_names(entry.at(name)) for name in entry.itself(dict)})


def read_fact_words(
    entry: Entry, *, origins: tuple[str, ...], chosen: Mapping[str, Names]
) -> Mapping[str, FactWord]:
    """Return the facts of a field by name.

    Args:
        entry: The field.
        origins: Who may say a fact.
        chosen: Lists of words among which facts choose, by name.

    Raises:
        RulebookError: A fact has an unknown form, origin or list of words.
    """
    return MappingProxyType({name: _fact(entry.at(name), origins, chosen) for name in entry.itself(dict)})


def read_group(entry: Entry, words: Vocabulary) -> Group:
    """Return the conditions of a field.

    Raises:
        RulebookError: A condition has not its form, or names a fact, word, rule or duty that does not exist.
    """
    entry.only(*JOINS)
    names = list(entry.itself(dict))
    if len(names) != 1:
        raise entry.refuse(f"conditions stand under one of {', '.join(JOINS)}", "Keep one of them.")
    name = names[0]
    entry.take(name, list)
    parts = tuple(_part(each, words) for each in entry.each(name))
    if not parts and name != "all":
        raise entry.refuse(f"an empty `{name}` says nothing", "Write its conditions, or `all: []`.")
    return replace(JOINS[name], parts=parts)


def _part(entry: Entry, words: Vocabulary) -> Condition | Group:
    fields = entry.itself(dict)
    if "member" in fields:
        entry.only("member")
        duty = one_of(entry, "member", words.duties)
        return Condition(fact=f"{MEMBER}{duty}", operator=Operator.IS, words=("yes",))
    if "fact" not in fields:
        return read_group(entry, words)
    entry.only("fact", *(each.value for each in Operator))
    fact = one_of(entry, "fact", words.facts)
    used = [each for each in Operator if each.value in fields]
    if len(used) != 1:
        raise entry.refuse("a condition has one operator", f"Use one of {', '.join(Operator)}.")
    operator = used[0]
    is_number = words.facts[fact].form == NUMBER
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
    allowed = FLAG_WORDS if fact.form == FLAG else set(fact.choices)
    if not given or not set(given) <= allowed:
        raise entry.at(operator.value).refuse("a word is unknown", f"Use {', '.join(sorted(allowed))}.")
    return given


def _operand(entry: Entry, words: Vocabulary) -> Operand:
    entry.only("fact", "rule", "part", *(("number",) if words.has_numbers else ()))
    if words.has_numbers and entry.get("number", str) is not None:
        entry.only("number")
        return Operand(number=entry.number("number"))
    fact, rule = entry.get("fact", str) or "", entry.get("rule", str) or ""
    part = entry.get("part", str) or ""
    if bool(fact) is bool(rule):
        raise entry.refuse("a number is a fact or a rule", "Name one of both.")
    if fact and (fact not in words.facts or words.facts[fact].form != NUMBER):
        raise entry.at("fact").refuse(f"`{fact}` is no fact with a number", "Name one of the words of facts.")
    if rule and rule not in shipped_rulebook():
        raise entry.at("rule").refuse(f"there is no rule `{rule}`", "Declare it in parameters/cn/.")
    if rule and not _fits(shipped_rulebook()[rule], part):
        raise entry.refuse(f"`{rule}` has no number `{part}`", "Name one of its fields, or none.")
    return Operand(fact=fact, rule=rule, part=part)


def _fits(rule: Parameter, part: str) -> bool:
    if rule.shape is Shape.RECORD:
        return part in rule.fields
    return bool(part) is (rule.shape is Shape.NUMBERS)


def _fact(entry: Entry, origins: tuple[str, ...], chosen: Mapping[str, Names]) -> FactWord:
    entry.only("zh", "en", "form", "from", "unit", "choices", "indicator")
    form = one_of(entry, "form", FORMS)
    return FactWord(
        names={"zh": entry.take("zh", str), "en": entry.take("en", str)},
        form=form,
        origin=one_of(entry, "from", origins),
        unit=entry.get("unit", str) or "",
        choices=chosen[one_of(entry, "choices", chosen)] if form == WORD else {},
        indicator=entry.get("indicator", str) or "",
    )
