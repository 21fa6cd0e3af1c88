"""As whom a person may act on a case: the words that the steps of a kind name (办理主体)."""

from __future__ import annotations

from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.services.permission import Action, Actor
from shuiheng.services.scope import roles_over

OFFICE = "office"


def actors_for(actor: Actor, row: ProgrammeCase) -> frozenset[str]:
    """Return as whom a person may end steps of a case.

    What somebody outside decides, who has no account here (experts, an authority above), the office enters.
    """
    return acting_as(roles_over(actor, Action.CASES_STEP, row))


def acting_as(held: set[str]) -> frozenset[str]:
    """Return the words for whom a person acts who holds roles."""
    words = programme_words().actors
    own = {name for name, word in words.items() if held & set(word.roles)}
    outside = {name for name, word in words.items() if not word.roles}
    return frozenset(own | outside) if OFFICE in own else frozenset(own)
