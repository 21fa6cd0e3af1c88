"""Both sources answer the same questions."""

from __future__ import annotations

import inspect

from shuiheng.notebook.local import LocalSource
from shuiheng.notebook.remote import RemoteSource
from shuiheng.notebook.source import Source


def test_both_sources_have_every_question_in_the_same_form() -> None:
    for name in ("rows", "one"):
        wanted = inspect.signature(getattr(Source, name))
        assert inspect.signature(getattr(LocalSource, name)) == wanted
        assert inspect.signature(getattr(RemoteSource, name)) == wanted
