"""A case is given up before its award, with a reason; its subject may then have another."""

from __future__ import annotations

import pytest

from services.cases.acting import Cast, check_kept, code
from shuiheng.adapters.records.models import Event
from shuiheng.services.cases.case_act import Entered
from shuiheng.services.cases.give_up_case import give_up_case
from shuiheng.services.errors import NotPermittedError

pytestmark = pytest.mark.django_db


def test_a_case_is_given_up_with_its_reason(cast: Cast) -> None:
    row = cast.invited()
    assert code(give_up_case, cast.city.clerk, row.pk, reason=" ") == "programmes.word_missing"
    stale = code(give_up_case, cast.city.clerk, row.pk, reason="重复", entered=Entered(known=7))
    assert stale == "cases.stale"
    with pytest.raises(NotPermittedError):
        give_up_case(cast.filer, row.pk, reason="不想办了")
    done = give_up_case(cast.city.clerk, row.pk, reason="重复立项")
    assert (done.phase, done.open_steps) == ("withdrawn", [])
    assert Event.objects.get(action="case.withdrawn").reason == "重复立项"
    check_kept(row)
    assert cast.invited().phase == "planned"


def test_what_was_reached_is_not_given_up(cast: Cast) -> None:
    row = cast.certified()
    assert code(give_up_case, cast.city.clerk, row.pk, reason="重复") == "programmes.wrong_phase"
