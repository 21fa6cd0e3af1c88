"""The parts of the log."""

from __future__ import annotations

from shuiheng.services.audit_page_queries import EVENT_ACTIONS
from shuiheng.web.pages.audit.parts import PARTS


def test_every_right_on_the_log_has_one_part_and_one_route() -> None:
    assert [part.action for part in PARTS] == list(EVENT_ACTIONS)
    assert len({part.route for part in PARTS}) == len(PARTS)
