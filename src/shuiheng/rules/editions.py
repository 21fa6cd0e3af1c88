"""Which edition of a law or standard was in force on a day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from shuiheng.rules.errors import UnknownSourceError
from shuiheng.rules.source import Source

YEAR_OF_EDITION = re.compile(r"[-—–−](?:19|20)?\d{2}(?:$|[^\d])")


def by_id(sources: Iterable[Source]) -> Mapping[str, Source]:
    """Return the sources by their id."""
    return {source.id: source for source in sources}


def editions_of(sources: Iterable[Source], source_id: str) -> tuple[Source, ...]:
    """Return a source and the editions that replaced it, in turn (版本).

    Raises:
        UnknownSourceError: The rulebook has no source with this id.
    """
    known = by_id(sources)
    if source_id not in known:
        raise UnknownSourceError(source_id)
    chain = [known[source_id]]
    while (newer := chain[-1].superseded_by) is not None and newer in known:
        if known[newer] in chain:
            break
        chain.append(known[newer])
    return tuple(chain)


def edition_in_force(sources: Iterable[Source], source_id: str, on: date) -> Source:
    """Return the edition of a source that held on a day (现行版本).

    An edition without a recorded first day is taken to hold from the start; one whose
    successor has no recorded first day holds until its own last day, if that is known.

    Raises:
        UnknownSourceError: The rulebook has no source with this id.
    """
    chain = editions_of(sources, source_id)
    held = chain[0]
    for older, newer in pairwise(chain):
        starts = newer.effective_on or older.ended_on
        if starts is None or starts > on:
            break
        held = newer
    return held


def find_source(sources: Iterable[Source], text: str) -> Source | None:
    """Return the source that a number or a title names, or None when none or several do.

    Numbers are compared without spaces and signs (`GB/T12452—2008` is `GB/T 12452-2008`),
    titles without 《》 and the name of the country.
    """
    wanted = plain_name(text)
    if not wanted:
        return None
    found = {source.id: source for source in sources if wanted in plain_names(source)}
    return next(iter(found.values())) if len(found) == 1 else None


def search_sources(sources: Iterable[Source], text: str) -> tuple[Source, ...]:
    """Return the sources whose number, title or alias holds `text`, sorted by id."""
    wanted = plain_name(text)
    found = [s for s in sources if wanted and any(wanted in name for name in plain_names(s))]
    return tuple(sorted(found, key=lambda source: source.id))


def plain_names(source: Source) -> frozenset[str]:
    """Return every name of a source in its plain form."""
    names = (source.title, source.number or "", *source.aliases)
    return frozenset(plain_name(name) for name in names) - {""}


def plain_name(text: str) -> str:
    """Return a title or number without spaces, brackets, dashes and width."""
    flat = unicodedata.normalize("NFKC", text).upper()
    flat = re.sub(r"[\s《》〈〉<>()\[\]〔〕【】﹝﹞\-—–−_/.、“”\"]", "", flat)
    return flat.removeprefix("中华人民共和国")


def has_year(number: str) -> bool:
    """Return whether a number of a standard names its edition by a year."""
    return YEAR_OF_EDITION.search(unicodedata.normalize("NFKC", number)) is not None
