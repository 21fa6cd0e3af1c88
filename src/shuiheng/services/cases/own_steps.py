"""Which steps of which kinds a person may end, by the roles that are held (待我办理)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.cases.case_actors import acting_as
from shuiheng.services.kinds.kinds_now import kinds_of
from shuiheng.services.permission import Action, Actor, reaches
from shuiheng.services.scope import city_above, own_places


def kinds_for(actor: Actor, action: Action, on: date) -> Mapping[str, ProgrammeKind]:
    """Return the kinds of the cities in which an actor may do `action`, by id.

    Where the cities have versions of their own, that of the first city is taken.
    """
    found: dict[str, ProgrammeKind] = {}
    for place in own_places(actor, action):
        for name, kind in kinds_of(city_above(place), on).items():
            found.setdefault(name, kind)
    return found


def own_steps(actor: Actor, kinds: Mapping[str, ProgrammeKind]) -> dict[str, tuple[str, ...]]:
    """Return the steps that an actor may end by one of its roles, by kind; kinds without any are left out."""
    words = acting_as({membership.role for membership, _ in reaches(actor, Action.CASES_STEP)})
    found = {
        kind.id: tuple(step.id for step in kind.steps if words & set(step.who)) for kind in kinds.values()
    }
    return {name: steps for name, steps in found.items() if steps}
