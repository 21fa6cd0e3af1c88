"""Server and worker side by side."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from shuiheng.cli.serving import RestartedChild, end_children, refuse_taken_port
from shuiheng.services.errors import ServiceError

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]


def test_a_taken_port_is_refused_and_a_free_one_is_not() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServiceError, match="port_taken"):
            refuse_taken_port("127.0.0.1", port)
    refuse_taken_port("127.0.0.1", port)


def test_all_children_have_ended_afterwards() -> None:
    children = [subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) for _ in range(2)]
    end_children(children)
    assert all(child.poll() is not None for child in children)


def test_a_child_that_keeps_dying_is_started_again_after_longer_and_longer_pauses() -> None:
    child = RestartedChild([sys.executable, "-c", "pass"])
    now, pauses = child.started_at, []
    for _ in range(4):
        child.child.wait(timeout=60)
        dead = child.child
        child.look_after(now=now)
        assert child.start_again_at is not None
        pauses.append(child.start_again_at - now)
        child.look_after(now=child.start_again_at - 0.01)
        assert child.child is dead
        now = child.start_again_at
        child.look_after(now=now)
        assert child.child is not dead
    end_children([child.child])
    assert [round(pause) for pause in pauses] == [1, 2, 4, 8]


def test_a_child_that_lives_is_left_alone() -> None:
    child = RestartedChild([sys.executable, "-c", "import time; time.sleep(60)"])
    alive = child.child
    child.look_after(now=child.started_at + 1000)
    assert child.child is alive and child.start_again_at is None
    end_children([alive])
