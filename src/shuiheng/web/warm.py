"""What a server process loads before its first request, so that no reader waits for it."""

from __future__ import annotations

import gc
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from django.utils import translation

from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.services.pinyin import syllables_of

SELDOM = (50_000, 10, 5)
"""Nearly all that a page makes goes with it, so that collecting often finds nothing; a full collection comes
after some twenty pages, while what they left is little."""


def load_and_freeze() -> None:
    """Read what is shipped and stays for ever, and keep the collector of garbage from walking it each time.

    A full collection of what pages, templates and the rulebook are made of takes a quarter of a second, in
    the middle of some request; none of it ever becomes garbage.
    """
    load_knowledge()
    shipped_programmes()
    indicator_book()
    syllables_of("水")
    load_pages()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def load_pages() -> None:
    """Import all pages with their addresses, and read their templates and the words of each language."""
    _ = get_resolver().reverse_dict
    templates = engines["django"]
    for folder in templates.dirs:
        for path in sorted(Path(folder).rglob("*.html")):
            templates.get_template(path.relative_to(folder).as_posix())
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("")
