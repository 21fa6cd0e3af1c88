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
      - {source: ha-zhengzhou-water-saving-2007, at: 第三十条, from: 2020-06-03, mark: found, area: "4101",
         kinds: [new]}                      # where a clause speaks of fewer kinds than the gate
    checked: {day: null, by: null}

How conditions are written is said in `conditions.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.bases import read_basis
from shuiheng.adapters.rulebook.conditions import (
    FactWord,
    Names,
    Vocabulary,
    read_fact_words,
    read_group,
    read_names,
)
from shuiheng.adapters.rulebook.files import read_file, read_files, rulebook_folder
from shuiheng.adapters.rulebook.places import both_names
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry, one_of
from shuiheng.allowances.gates import Gate

FIELDS = ("name", "kinds", "stage", "instead_of", "applies", "passes", "evidence", "bases", "checked")
ORIGINS = ("project", "ledger", "entered")


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
    categories = read_names(entry.at("categories"))
    chosen = {name: read_names(entry.at("choices").at(name)) for name in entry.take("choices", dict)}
    chosen["categories"] = categories
    return GateWords(
        stages=read_names(entry.at("stages")),
        kinds=read_names(entry.at("kinds")),
        categories=categories,
        waters=read_names(entry.at("waters")),
        facts=read_fact_words(entry.at("facts"), origins=ORIGINS, chosen=chosen),
    )


def _gate(name: str, entry: Entry, words: GateWords) -> Gate:
    entry.only(*FIELDS)
    check_checked(entry)
    kinds = entry.words("kinds")
    if not kinds or not set(kinds) <= set(words.kinds):
        raise entry.at("kinds").refuse("a kind is missing or unknown", f"Use {', '.join(words.kinds)}.")
    entry.take("bases", list)
    vocabulary = Vocabulary(facts=words.facts)
    return Gate(
        id=name,
        names=both_names(entry.at("name")),
        kinds=frozenset(kinds),
        stage=one_of(entry, "stage", words.stages),
        applies=read_group(entry.at("applies"), vocabulary),
        passes=read_group(entry.at("passes"), vocabulary),
        evidence=both_names(entry.at("evidence")),
        bases=tuple(read_basis(each, entry) for each in entry.each("bases")),
        instead_of=entry.get("instead_of", str) or "",
    )
