"""What happened to a case is told in words, the newest first."""

from __future__ import annotations

import pytest

from services.cases.acting import Cast
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.revoke_case import revoke_case
from shuiheng.web.pages.cases.one.history import history_of

pytestmark = pytest.mark.django_db


def test_every_event_is_told_with_its_step_and_who(cast: Cast) -> None:
    row = cast.certified()
    revoke_case(cast.city.leader, row.pk, reason="fraud", words="数据不实")
    people = {each.pk: each for each in (cast.city.leader, cast.inspector)}
    lines = history_of(kind_of(row), list(row.events.order_by("ordinal")), people)
    assert lines[0].what == "撤销" and lines[0].details == ["弄虚作假骗取称号"]
    assert lines[1].what == "办结环节"
    assert lines[1].details == ["认定命名", "通过", "市节水办负责人", row.number or "", "市级"][:4]
    assert lines[1].person == cast.city.leader and lines[-1].what == "立项"
    assert any(line.details == ["现场评审", "现场照片", "e5"] for line in lines)
    assert any(line.details == ["已采用", "e5"] for line in lines)
