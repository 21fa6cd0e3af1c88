"""A result is taken away by who decides, for a reason that its kind names."""

from __future__ import annotations

import pytest

from services.cases.acting import Cast, check_kept, code
from shuiheng.adapters.records.models import Message, ProgrammeCase
from shuiheng.services.cases.revoke_case import revoke_case
from shuiheng.services.errors import NotPermittedError

pytestmark = pytest.mark.django_db


def test_a_result_is_taken_away_and_all_concerned_are_told(cast: Cast) -> None:
    row = cast.certified()
    with pytest.raises(NotPermittedError):
        revoke_case(cast.city.clerk, row.pk, reason="fraud", words="用水数据不实")
    bare = code(revoke_case, cast.city.leader, row.pk, reason="fraud", words=" ")
    assert bare == "cases.words_needed"
    other = code(revoke_case, cast.city.leader, row.pk, reason="moon", words="用水数据不实")
    assert other == "programmes.unknown_reason"
    revoke_case(cast.city.leader, row.pk, reason="fraud", words="用水数据不实")
    kept = ProgrammeCase.objects.get(pk=row.pk)
    assert (kept.phase, kept.holding, kept.open_steps) == ("revoked", "revoked", [])
    told = Message.objects.filter(kind="case_revoked")
    assert {each.organisation.name for each in told if each.organisation is not None} >= {
        "青禾中学",
        "东河区水务局",
    }
    assert "弄虚作假骗取称号：用水数据不实" in told[0].text
    check_kept(row)


def test_what_was_not_reached_is_not_taken_away(cast: Cast) -> None:
    row = cast.invited()
    refused = code(revoke_case, cast.city.leader, row.pk, reason="fraud", words="不实")
    assert refused == "programmes.wrong_phase"
