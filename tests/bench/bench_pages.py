"""What the pages cost in a city of 2,000 units after five years, and how long they take under load.

First every page is opened alone, in this process's own time; then virtual users open the main pages
one after another with pauses, as people do, on the same server as in use. The times under load stand
beside those of a page without rows in the same run. `full` opens every page and asks for 100 users:
their ten pages a second are six times what the model of the peak hour of a due day asks for.
"""

from __future__ import annotations

import json
import os
import random
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

USERS, FULL_USERS = 10, 100
SECONDS, FULL_SECONDS = 20, 90
PAUSE_SECONDS = (5.0, 15.0)
SETTLING_SECONDS = 10.0
BOUND_SECONDS = 120
EMPTY, STATIC = "/account/password/", "/static/site.css"
TESTS = Path(__file__).resolve().parent.parent
PAGES = {
    "officer": (
        *("/", "/register/", "/tasks/", "/targets/", "/progress/", "/progress/?period=all", "/chasing/"),
        *("/reports/", "/calendar/", "/organisations/", "/search/?q=水利局", "/messages/sent/"),
    ),
    "department": ("/", "/reporting/", "/register/", "/messages/", "/tasks/", "/calendar/"),
    "district": ("/", "/reporting/", "/register/", "/messages/", "/progress/"),
}
SERVER = (  # as `shuiheng serve` starts it, without the worker beside it
    *("--interface", "wsgi", "--host", "127.0.0.1", "--no-ws", "--workers", "1"),
    *("--blocking-threads", "4", "--log-level", "warning"),
)
APPLICATION = "shuiheng.web.wsgi:application"
Times = dict[str, list[float]]


class Visitor(threading.Thread):
    """One virtual user: signs in with a session that stands, opens pages, pauses."""

    def __init__(self, address: str, cookie: str, pages: tuple[str, ...], seed: int, until: float) -> None:
        super().__init__(daemon=True)
        self.address, self.cookie, self.pages, self.until = address, cookie, pages, until
        self.chance = random.Random(seed)  # noqa: S311  no secrets
        self.times: Times = defaultdict(list)
        self.failed: list[str] = []

    def run(self) -> None:
        """Open pages until the time is over."""
        time.sleep(self.chance.uniform(0, PAUSE_SECONDS[1]))
        while time.monotonic() < self.until:
            path = self.chance.choice((*self.pages, EMPTY, STATIC))
            started = time.perf_counter()
            address = self.address + quote(path, safe="/?=&")
            request = urllib.request.Request(address, headers={"Cookie": self.cookie})  # noqa: S310
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  this machine
                    answer.read()
                    is_right = answer.url == address
            except OSError as error:
                self.failed.append(f"{path}: {error}")
                continue
            if is_right:
                self.times[path].append(time.perf_counter() - started)
            else:
                self.failed.append(f"{path} led on to {answer.url}")
            time.sleep(self.chance.uniform(*PAUSE_SECONDS))


def run(full: bool) -> None:
    """Fill a folder, print what each page costs, serve it, and print p50 and p95 of the main pages."""
    with tempfile.TemporaryDirectory() as folder:
        key = secrets.token_hex(32)
        environment = {**os.environ, "SHUIHENG_STATE": folder, "SHUIHENG_POLICY": "demo"}
        environment |= {"SHUIHENG_SECRET_KEY": key, "PYTHONPATH": str(TESTS)}
        environment.pop("SHUIHENG_DATABASE_URL", None)
        site = [sys.executable, str(TESTS / "bench" / "grown_site.py")]
        subprocess.run([*site, "make", folder], env=environment, check=True)
        subprocess.run([*site, "open", folder, *(() if full else ("register",))], env=environment, check=True)
        told = subprocess.run(
            [*site, "sign_in", folder], env=environment, check=True, capture_output=True, text=True
        )
        port = _free_port()
        command = [sys.executable, "-m", "granian", *SERVER, "--port", str(port), APPLICATION]
        with (Path(folder) / "served.log").open("wb") as log:
            server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            try:
                _measure(f"http://127.0.0.1:{port}", json.loads(told.stdout), full=full)
            finally:
                server.terminate()
                server.wait(timeout=60)


def _measure(address: str, cookies: dict[str, str], *, full: bool) -> None:
    _wait(address)
    users = FULL_USERS if full else USERS
    until = time.monotonic() + SETTLING_SECONDS + (FULL_SECONDS if full else SECONDS)
    names = list(PAGES)
    visitors = [
        Visitor(address, cookies[names[seed % 3]], PAGES[names[seed % 3]], seed, until)
        for seed in range(users)
    ]
    for each in visitors:
        each.start()
    for each in visitors:
        each.join()
    _tell(visitors, users)


def _tell(visitors: list[Visitor], users: int) -> None:
    times: Times = defaultdict(list)
    for each in visitors:
        for path, found in each.times.items():
            times[path] += found
    failed = [words for each in visitors for words in each.failed]
    empty = median(times[EMPTY]) if times[EMPTY] else float("nan")
    print(f"{users} users, pauses {PAUSE_SECONDS[0]:g}-{PAUSE_SECONDS[1]:g} s, load {os.getloadavg()[0]:.1f}")
    print(f"{'page':24s}{'n':>6s}{'p50 ms':>9s}{'p95 ms':>9s}{'p50 / empty':>14s}")
    for path, found in sorted(times.items()):
        high = quantiles(found, n=20)[-1] if len(found) > 1 else found[0]
        middle = median(found)
        print(f"{path:24s}{len(found):6d}{middle * 1e3:9.0f}{high * 1e3:9.0f}{middle / empty:14.1f}")
    print(f"failed: {len(failed)} {failed[:3]}", flush=True)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(address: str) -> None:
    deadline = time.monotonic() + BOUND_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address + "/login/", timeout=10):  # noqa: S310  this machine
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the site did not answer in time")
