"""What is not there answers 404 at every address, whatever else a request lacks."""

from __future__ import annotations

from django.test import Client

from access.cells import NOTHING, Cell, addresses, guarded, path
from access.world import World
from shuiheng.adapters.records.models import Role
from shuiheng.adapters.rulebook import role_rules
from shuiheng.adapters.rulebook.routes import ACCOUNT

GONE, MOST_SHARED = 404, 2


def test_what_is_not_there_is_not_there_for_those_who_hold_the_right(world: World) -> None:
    asked, found = 0, []
    for name, rule in guarded().items():
        if not any(blank[:1].isupper() for blank in rule.blanks.values()) or name.startswith("api."):
            continue
        role = next(
            each for each in Role if rule.needs == ACCOUNT or rule.needs in role_rules()[each].reaches
        )
        client = Client()
        client.force_login(world.accounts[role])
        for method in sorted(rule.methods):
            address = path(world, Cell(role, name, NOTHING, method))
            answer = client.generic(method, address)
            asked += 1
            if answer.status_code != GONE:
                found.append(f"{role} {method} {address}: {answer.status_code}")
    assert not found, "\n".join(found)
    assert asked > len(addresses()) // MOST_SHARED
