"""What the tests of a module share stands whole for each of them, and what they do is watched."""

from __future__ import annotations

import pytest

from access.world import World
from shuiheng.adapters.records.models import Organisation, Role
from shuiheng.services.masking import reveal_contacts
from watching import LOG, watched


@pytest.mark.parametrize("_time", [1, 2])
def test_what_a_test_changes_is_gone_for_the_next(world: World, _time: int) -> None:
    unit = world.own.row(Organisation, "d")
    assert unit.name != "改名" and Organisation.objects.get(pk=unit.pk).name != "改名"
    unit.name = "改名"  # type: ignore[attr-defined]  an organisation
    unit.save()


def test_each_act_of_the_product_is_watched_as_a_transaction_of_its_own(world: World) -> None:
    clerk, unit = world.accounts[Role.OFFICE_CLERK], world.own.row(Organisation, "d")
    with watched() as watch:
        reveal_contacts(clerk, [unit.pk], purpose="电话催办")
        reveal_contacts(clerk, [unit.pk], purpose="再次催办")
    assert [write.table for write in watch.writes] == [LOG, LOG]
    assert len({write.group for write in watch.writes}) == 2
