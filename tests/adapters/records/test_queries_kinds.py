"""Versions of kinds as a reader sees them: those of the own city, the newest first."""

from __future__ import annotations

import pytest

from office import make_account
from services.kinds.versions import SCHOOL, a_version, accepted_version
from services.rules.proposals import the_city
from shuiheng.adapters.records.models import Account, Role
from shuiheng.adapters.records.queries_kinds import version_in_sight, versions_of
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.found_city import found_city, join
from shuiheng.services.kinds.local_kinds import propose_kind
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def _seen(account: Account) -> Sight:
    return sight(account, Action.RULES_LOOK)


def test_the_versions_of_a_kind_stand_newest_first(officer: Account) -> None:
    accepted_version(officer)
    later = propose_kind(officer, the_city().pk, a_version(text=accepted_text()))
    assert [row.version for row in versions_of(_seen(officer), the_city(), SCHOOL)] == [later.version, 1001]
    assert not versions_of(_seen(officer), the_city(), "campaign")
    assert len(versions_of(_seen(officer), the_city())) == 2


def accepted_text() -> str:
    """Return a text that changes what was accepted."""
    return a_version().text.replace("{days: 60,", "{days: 45,")


def test_a_version_of_another_city_is_not_in_sight(officer: Account) -> None:
    row = accepted_version(officer)
    outsider = make_account("wai")
    join(outsider, found_city("另市", slug="other"), Role.READER)
    assert version_in_sight(_seen(officer), row.pk) == row
    assert version_in_sight(_seen(outsider), row.pk) is None
