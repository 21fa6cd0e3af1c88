"""Server and worker side by side."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from shuiheng.cli.serving import end_children, refuse_taken_port
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
