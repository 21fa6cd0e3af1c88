"""Words of programmes: what cases are about, who acts, evidence, documents, levels, units, fields and facts.

`words/programmes.yaml` holds them; every definition in `programmes/` names only what stands there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.access import role_rules
from shuiheng.adapters.rulebook.conditions import FactWord, Names, Vocabulary, read_fact_words, read_names
from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.membership import membership_book
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "words/programmes.yaml"
LISTS = ("subjects", "evidence", "documents", "levels", "units", "fields")
ORIGINS = ("ledger", "readings", "network", "case", "entered")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorWord:
    """Who acts in a step.

    Args:
        names: Its name in `zh` and `en`.
        roles: Roles of `access/roles.yaml` that act for it; none for those outside who hand in on paper.
    """

    names: Mapping[str, str]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeWords:
    """Words of programmes, each by its id in the order of the file."""

    subjects: Names
    actors: Mapping[str, ActorWord]
    evidence: Names
    documents: Names
    levels: Names
    units: Names
    fields: Names
    facts: Mapping[str, FactWord]

    @property
    def vocabulary(self) -> Vocabulary:
        """Return what conditions of programmes may name."""
        return Vocabulary(facts=self.facts, duties=frozenset(membership_book().duties), has_numbers=True)


@cache
def programme_words() -> ProgrammeWords:
    """Return the words of programmes.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_programme_words(rulebook_folder())


def read_programme_words(folder: Traversable) -> ProgrammeWords:
    """Return the words of programmes below a folder.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(folder, FILE)
    entry.only(*LISTS, "actors", "facts", "choices", "checked")
    check_checked(entry)
    named = {name: read_names(entry.at(name)) for name in LISTS}
    chosen = {name: read_names(entry.at("choices").at(name)) for name in entry.take("choices", dict)}
    actors = {name: _actor(entry.at("actors").at(name)) for name in entry.take("actors", dict)}
    return ProgrammeWords(
        **named,
        actors=MappingProxyType(actors),
        facts=read_fact_words(entry.at("facts"), origins=ORIGINS, chosen=chosen),
    )


def _actor(entry: Entry) -> ActorWord:
    entry.only("zh", "en", "roles")
    roles = entry.words("roles")
    unknown = [role for role in roles if role not in role_rules()]
    if unknown:
        raise entry.at("roles").refuse(f"there is no role `{unknown[0]}`", "Use roles of access/roles.yaml.")
    return ActorWord(names={"zh": entry.take("zh", str), "en": entry.take("en", str)}, roles=roles)
