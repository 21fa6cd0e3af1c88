"""The result of a step lies open before it ends, and objections are answered first."""

from __future__ import annotations

import pytest

from services.cases.acting import Cast, check_kept, code
from shuiheng.services.cases.case_act import Entered
from shuiheng.services.cases.end_step import EndedStep, end_case_step
from shuiheng.services.cases.publish_case import publish_case

pytestmark = pytest.mark.django_db


def test_a_result_lies_open_for_its_days(cast: Cast) -> None:
    row = cast.visited()
    cast.prove(cast.city.clerk, row, "publicity", 4)
    end = EndedStep(step="publicity", on=cast.on(5))
    assert code(end_case_step, cast.city.clerk, row.pk, end) == "programmes.publication_missing"
    on_4 = Entered(on=cast.on(4))
    assert code(publish_case, cast.inspector, row.pk, step="publicity") == "cases.not_your_step"
    assert code(publish_case, cast.city.leader, row.pk, step="award") == "programmes.publication_none"
    publish_case(cast.city.clerk, row.pk, step="publicity", entered=on_4)
    assert code(end_case_step, cast.city.clerk, row.pk, end) == "programmes.publication_runs"
    twice = code(publish_case, cast.city.clerk, row.pk, step="publicity", entered=on_4)
    assert twice == "programmes.publication_twice"
    cast.end(cast.city.clerk, row, "publicity", 40)
    check_kept(row)


def test_a_stale_page_publishes_nothing(cast: Cast) -> None:
    row = cast.visited()
    old = Entered(known=row.event_count - 1)
    assert code(publish_case, cast.city.clerk, row.pk, step="publicity", entered=old) == "cases.stale"
