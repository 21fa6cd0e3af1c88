"""Which source of the rulebook a document cites, and whether a newer edition is in force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shuiheng.plans.model import CitedSource
from shuiheng.plans.plain_form import plain_form
from shuiheng.rules import Source

_NOT_IN_NUMBER = re.compile(r"[\s〔〕\[\]【】（）()]")
_PREFIX = re.compile(
    r"^(?:中华人民共和国|关于印发)|(?:[（(](?:试行|修订|暂行|\d{4}年?(?:修订|版|修正)?)[）)]|的通知)$"
)


def linked_sources(cited: Sequence[CitedSource], known: Sequence[Source]) -> tuple[CitedSource, ...]:
    """Return the citations with the id of the rulebook's source and of its newest successor.

    A number decides before a title; a year in the number is part of it, so an old edition is
    not taken for the new one.
    """
    by_number: dict[str, Source] = {}
    by_title: dict[str, Source] = {}
    for source in known:
        for number in (source.number, *source.aliases):
            if number and any(char.isdigit() for char in number):
                by_number.setdefault(number_form(number), source)
        for title in (source.title, *source.aliases):
            by_title.setdefault(title_form(title), source)
    by_id = {source.id: source for source in known}
    return tuple(_linked(item, by_number, by_title, by_id) for item in cited)


def _linked(
    item: CitedSource, by_number: dict[str, Source], by_title: dict[str, Source], by_id: dict[str, Source]
) -> CitedSource:
    source = by_number.get(number_form(item.number)) if item.number else None
    source = source or by_title.get(title_form(item.title)) or by_number.get(number_form(item.title))
    if source is None:
        return item
    newest = _newest(source, by_id)
    return replace(item, source=source.id, superseded_by=None if newest == source.id else newest)


def _newest(source: Source, by_id: dict[str, Source]) -> str:
    """Follow the successors to the last one; a circle ends where it began to repeat."""
    seen = {source.id}
    current = source.id
    while True:
        following = by_id[current].superseded_by if current in by_id else None
        if following is None or following in seen:
            return current
        seen.add(following)
        current = following


def number_form(number: str) -> str:
    """Return a number of a standard or notice without the signs that documents write differently."""
    return _NOT_IN_NUMBER.sub("", plain_form(number)).upper().replace("号", "")


def title_form(title: str) -> str:
    """Return a title without the words that citations leave out or add."""
    words = plain_form("".join(title.split())).strip("《》")
    return _PREFIX.sub("", _PREFIX.sub("", words))
