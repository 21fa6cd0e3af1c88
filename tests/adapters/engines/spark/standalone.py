"""A standalone cluster on 127.0.0.1: a master and two workers that a test starts, kills and ends."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from places import ROOT

HOME = Path(spec.origin).parent if (spec := find_spec("pyspark")) and spec.origin else None
needs_spark = pytest.mark.skipif(
    HOME is None or shutil.which("java") is None,
    reason="PySpark or Java is not installed (extra spark; Debian: apt-get install openjdk-17-jre-headless)",
)
WORKERS = 2
PATIENCE = 120.0
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Options with which a Java machine starts sooner and works slower."""

SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "512m",
    "spark.executor.memory": "512m",
    "spark.driver.extraJavaOptions": QUICK,
    "spark.executor.extraJavaOptions": QUICK,
    "spark.executor.cores": "1",
}


class Cluster:
    """A master and its workers, with everything that they write in a folder.

    Args:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()
        self._started: list[subprocess.Popen[bytes]] = []
        self._start("master", "master.Master", "--port", str(self._port), "--webui-port", "0")
        self._wait_for("master", "I have been elected leader")
        self.workers = [self._start_worker(place) for place in range(WORKERS)]

    @property
    def address(self) -> str:
        """Address of the master."""
        return f"spark://127.0.0.1:{self._port}"

    def kill(self, place: int) -> None:
        """Kill a worker as a machine dies that loses its power, its executors with it."""
        os.killpg(self.workers[place].pid, signal.SIGKILL)
        self.workers[place].wait()

    def log(self, name: str) -> str:
        """Return what a process has written."""
        return (self._folder / f"{name}.log").read_text("utf-8", "replace")

    def stop(self) -> None:
        """End what was started here."""
        for each in reversed(self._started):
            if each.poll() is None:
                os.killpg(each.pid, signal.SIGKILL)
                each.wait()

    def _start_worker(self, place: int) -> subprocess.Popen[bytes]:
        work = str(self._folder / f"work{place}")
        options = ["--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", work]
        return self._start(f"worker{place}", "worker.Worker", *options, self.address)

    def _start(self, name: str, room: str, *arguments: str) -> subprocess.Popen[bytes]:
        assert HOME is not None
        command = [
            str(HOME / "bin" / "spark-class"),
            f"org.apache.spark.deploy.{room}",
            "--host",
            "127.0.0.1",
        ]
        environment = {
            **os.environ,
            "SPARK_HOME": str(HOME),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(self._folder / "local"),
            "SPARK_DAEMON_MEMORY": "192m",
            "SPARK_DAEMON_JAVA_OPTS": QUICK,
            "PYSPARK_PYTHON": sys.executable,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
        }
        with (self._folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, "--host", "127.0.0.1", *arguments],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._started.append(process)
        return process

    def _wait_for(self, name: str, words: str) -> None:
        wait_until(lambda: words in self.log(name), f"{name} says {words}")


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so; fail when it takes too long."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
