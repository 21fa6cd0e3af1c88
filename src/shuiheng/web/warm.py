"""What a server process loads before its first request, so that no reader waits for it."""

from __future__ import annotations

import gc

from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.rulebook.programmes import shipped_programmes

SELDOM = (50_000, 20, 20)
"""Nearly all that a page makes goes with it, so that collecting often finds nothing."""


def load_and_freeze() -> None:
    """Read what is shipped and stays for ever, and keep the collector of garbage from walking it each time.

    At 20,000 users a full collection took some 220 ms of every fourth request; nearly all of it went
    over these objects, of which none ever becomes garbage.
    """
    load_knowledge()
    shipped_programmes()
    indicator_book()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
