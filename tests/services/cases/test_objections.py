"""Objections come in while a result lies open, and each is answered once."""

from __future__ import annotations

import pytest

from services.cases.acting import Cast, check_kept, code
from shuiheng.adapters.records.models import CaseObjection, ProgrammeCase
from shuiheng.services.cases.case_act import Entered
from shuiheng.services.cases.objections import enter_objection, settle_objection
from shuiheng.services.cases.publish_case import publish_case
from shuiheng.services.errors import NotPermittedError

pytestmark = pytest.mark.django_db


def _open(cast: Cast) -> ProgrammeCase:
    row = cast.visited()
    cast.prove(cast.city.clerk, row, "publicity", 4)
    return publish_case(cast.city.clerk, row.pk, step="publicity", entered=Entered(on=cast.on(4)))


def test_an_objection_holds_the_case_until_it_is_answered(cast: Cast) -> None:
    row = _open(cast)
    on_5 = Entered(on=cast.on(5))
    found = enter_objection(cast.city.clerk, row.pk, words="水表未检定", source="来信3号", entered=on_5)
    assert code(cast.end, cast.city.clerk, row, "publicity", 40) == "programmes.objection_left"
    assert code(settle_objection, cast.city.reviewer, found.pk, is_upheld=False, answer="") == (
        "cases.words_needed"
    )
    settle_objection(cast.city.reviewer, found.pk, is_upheld=False, answer="已核实检定证书", on=cast.on(6))
    kept = CaseObjection.objects.get(pk=found.pk)
    assert (kept.is_upheld, kept.settled_by, kept.key) == (False, cast.city.reviewer, "o1")
    again = code(settle_objection, cast.city.reviewer, found.pk, is_upheld=True, answer="成立")
    assert again == "programmes.objection_unknown"
    cast.end(cast.city.clerk, row, "publicity", 40)
    check_kept(row)


def test_one_that_is_upheld_stops_the_case(cast: Cast) -> None:
    row = _open(cast)
    found = enter_objection(cast.city.clerk, row.pk, words="数据不实", entered=Entered(on=cast.on(5)))
    settle_objection(cast.city.reviewer, found.pk, is_upheld=True, answer="情况属实", on=cast.on(6))
    assert code(cast.end, cast.city.clerk, row, "publicity", 40) == "programmes.objection_upheld"
    check_kept(row)


def test_nothing_is_objected_while_nothing_lies_open(cast: Cast) -> None:
    row = cast.visited()
    assert code(enter_objection, cast.city.clerk, row.pk, words="数据不实") == "programmes.objection_late"
    assert code(enter_objection, cast.city.clerk, row.pk, words=" ") == "cases.words_needed"
    with pytest.raises(NotPermittedError):
        enter_objection(cast.filer, row.pk, words="数据不实")
    assert not CaseObjection.objects.exists()
