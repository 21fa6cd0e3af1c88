"""A third party sees and works on a case once it is commissioned with it, and no longer than that."""

from __future__ import annotations

import pytest

from services.cases.acting import Cast, code
from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.services.cases.commission_case import commission_case
from shuiheng.services.errors import NotPermittedError
from shuiheng.services.permission import Action
from shuiheng.services.scope import scope

pytestmark = pytest.mark.django_db


def test_a_third_party_sees_what_it_works_on(cast: Cast) -> None:
    row = cast.invited()
    seen = scope(cast.third, Action.CASES_LOOK, ProgrammeCase)
    assert not seen.exists()
    commission_case(cast.city.clerk, row.pk, cast.third_unit.pk)
    assert seen.get() == row
    commission_case(cast.city.clerk, row.pk, None)
    assert not seen.exists()


def test_only_a_third_party_is_commissioned(cast: Cast) -> None:
    row = cast.invited()
    other = cast.school.organisation_id
    assert code(commission_case, cast.city.clerk, row.pk, other) == "cases.no_third_party"
    with pytest.raises(NotPermittedError):
        commission_case(cast.filer, row.pk, cast.third_unit.pk)
