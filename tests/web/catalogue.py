"""Every Chinese message of the site, found in its sources."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from places import PACKAGE

WEB = PACKAGE / "web"
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def _found(source: str) -> Iterator[str]:
    stream = io.BytesIO(source.encode("utf-8"))
    for _line, _function, messages, _comments in extract_python(stream, KEYWORDS, [], {"encoding": "utf-8"}):
        yield messages[0] if isinstance(messages, tuple) else messages


@cache
def messages() -> frozenset[str]:
    """Return the message ids of all templates and Python files of the site."""
    found: set[str] = set()
    for path in WEB.rglob("*.py"):
        found |= set(_found(path.read_text("utf-8")))
    for path in (WEB / "templates").rglob("*.html"):
        code = templatize(path.read_text("utf-8"), origin=str(path))
        found |= set(_found("\n".join(line.strip() for line in code.splitlines())))
    return frozenset(message for message in found if message)


@cache
def english() -> dict[str, str]:
    """Return the English of each message that has one."""
    path: Path = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as words:
        catalogue = read_po(words, locale="en")
    texts: dict[str, str] = {}
    for message in catalogue:
        if message.id:
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            value = message.string[0] if isinstance(message.string, tuple) else message.string
            if value and not message.fuzzy:
                texts[str(key)] = str(value)
    return texts
