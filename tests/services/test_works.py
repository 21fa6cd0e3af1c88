"""The worker knows everything that it has to do."""

from __future__ import annotations

from shuiheng.services import background, works
from shuiheng.services.deliver_messages import deliver_messages


def test_the_worker_delivers_messages_each_minute() -> None:
    assert works.run_worker is background.run_worker
    assert deliver_messages in background._EVERY_MINUTE
