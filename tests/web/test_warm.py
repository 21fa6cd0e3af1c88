"""What is shipped is read once before the first request, and no collection walks it again."""

from __future__ import annotations

import gc

from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.web.warm import SELDOM, load_and_freeze


def test_what_is_shipped_is_loaded_and_frozen() -> None:
    before, usual = gc.get_freeze_count(), gc.get_threshold()
    try:
        load_and_freeze()
        assert gc.get_threshold() == SELDOM
        assert gc.get_freeze_count() > before
        assert indicator_book.cache_info().currsize == 1
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
