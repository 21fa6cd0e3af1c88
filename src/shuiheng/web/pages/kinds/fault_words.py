"""What is wrong with a text of a kind, in the language of the page."""

from __future__ import annotations

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.fault_words import kind_faults
from shuiheng.web.pages.rules.shown import language


def fault_words(error: RulebookError) -> tuple[str, str]:
    """Return what is wrong, and what to write instead."""
    if language() == "en":
        return f"{error.reason}.", error.remedy
    return f"{kind_faults().reason(error)}。", kind_faults().remedy(error)
