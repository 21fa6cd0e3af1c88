"""What is shipped is read once before the first request, and no collection walks it again."""

from __future__ import annotations

import gc
from pathlib import Path

from django.template import Template, engines
from django.urls import get_resolver

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.web.warm import SELDOM, load_and_freeze


def _templates() -> dict[str, Template]:
    """Return the templates that are held, by name."""
    (loader,) = engines["django"].engine.template_loaders  # type: ignore[attr-defined]  # of this engine
    return {name: held for name, held in loader.get_template_cache.items() if isinstance(held, Template)}


def test_what_is_shipped_is_loaded_and_frozen() -> None:
    before, usual = gc.get_freeze_count(), gc.get_threshold()
    folder = Path(engines["django"].dirs[0])
    try:
        load_and_freeze()
        assert gc.get_threshold() == SELDOM
        assert gc.get_freeze_count() > before
        assert indicator_book.cache_info().currsize == 1
        assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")} <= _templates().keys()
        stays = [get_resolver().url_patterns, *_templates().values()]
        walked = {id(each) for each in gc.get_objects()}
        assert not [each for each in stays if id(each) in walked]
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
