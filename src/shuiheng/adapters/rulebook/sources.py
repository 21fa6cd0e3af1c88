"""Laws, standards and notices of the rulebook: one file each, named by its id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from itertools import pairwise

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.files import read_files, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.rules import Source, SourceKind

FIELDS = (
    "kind",
    "title",
    "number",
    "issuer",
    "issued_on",
    "effective_on",
    "amended_on",
    "ended_on",
    "superseded_by",
    "aliases",
    "text_hash",
    "note",
    "checked",
)
HASH = re.compile(r"sha256:[0-9a-f]{64}")


@cache
def shipped_sources() -> Mapping[str, Source]:
    """Return the sources that the program ships, by id.

    Raises:
        RulebookError: A file breaks a rule.
    """
    return {source.id: source for source in read_sources(rulebook_folder())}


def read_sources(folder: Traversable) -> tuple[Source, ...]:
    """Return the sources below a folder, sorted by id.

    Raises:
        RulebookError: A file breaks a rule, or names a successor that is not there.
    """
    entries = dict(read_files(folder, "sources"))
    made = {name: _source(name, entry) for name, entry in entries.items()}
    for name, source in made.items():
        newer = source.superseded_by
        if newer is not None and (newer not in made or newer == name):
            raise (
                entries[name]
                .at("superseded_by")
                .refuse(
                    f"there is no other source `{newer}`", "Add its file in sources/, or leave the field out."
                )
            )
    return tuple(made.values())


def _source(name: str, entry: Entry) -> Source:
    entry.only(*FIELDS)
    kind = entry.take("kind", str)
    if kind not in [each.value for each in SourceKind]:
        raise entry.at("kind").refuse(
            f"unknown kind `{kind}`", "Use law, regulation, standard, notice or plan."
        )
    text_hash = entry.get("text_hash", str)
    if text_hash is not None and not HASH.fullmatch(text_hash):
        raise entry.at("text_hash").refuse("the hash has the wrong form", "Write sha256: and 64 digits.")
    check_checked(entry)
    begun, ended = entry.day("effective_on"), entry.day("ended_on")
    if begun is not None and ended is not None and ended <= begun:
        raise RulebookError(
            entry.file, entry.at("ended_on").line, "it ends before it begins", "Mend the days."
        )
    return Source(
        id=name,
        kind=SourceKind(kind),
        title=entry.take("title", str),
        number=entry.get("number", str),
        issuer=entry.get("issuer", str),
        issued_on=entry.day("issued_on"),
        effective_on=begun,
        amended_on=_amended(entry),
        ended_on=ended,
        superseded_by=entry.get("superseded_by", str),
        aliases=entry.words("aliases"),
        text_hash=text_hash,
        note=entry.get("note", str) or "",
        is_checked=entry.at("checked").day("day") is not None,
    )


def _amended(entry: Entry) -> tuple[date, ...]:
    days = tuple(each.itself(date) for each in entry.each("amended_on"))
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise entry.at("amended_on").refuse("the days do not rise", "Put each day once, the earliest first.")
    return days


def check_checked(entry: Entry) -> None:
    """Raise RulebookError unless the entry says who checked it on which day, or null for both."""
    entry.take("checked", dict)
    checked = entry.at("checked")
    checked.only("day", "by")
    if (checked.day("day") is None) != (checked.get("by", str) is None):
        raise checked.refuse(
            "`checked` has a day without a person, or the other way", "Give both or neither."
        )
