"""Query functions take what their reader may see."""

from __future__ import annotations

from shuiheng.adapters.records.models import Account, PlanDocument, PlanVersion
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.scope import sight


def test_what_scope_makes_is_a_sight_of_any_table(officer: Account, published: PlanVersion) -> None:
    seen: Sight = sight(officer)
    assert seen(PlanDocument).get() == published.plan
    assert seen(PlanVersion).get() == published


def test_each_call_is_a_query_of_its_own(officer: Account, published: PlanVersion, seen: Sight) -> None:
    first = seen(PlanDocument)
    assert not first.filter(slug="nowhere").exists()
    assert seen(PlanDocument).exists()
