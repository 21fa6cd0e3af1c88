"""How long the main pages take under load: p95 beside a plain static file in the same run.

Virtual users of the office and of departments open the pages one after another with pauses
between them, as people do. The demo city is loaded into a folder of its own and served by the
same server as in use. `full` asks for 100 users; the default is modest.
"""

from __future__ import annotations

import http.cookiejar
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections import defaultdict
from pathlib import Path
from statistics import median, quantiles

USERS, FULL_USERS = 10, 100
SECONDS, FULL_SECONDS = 20, 60
PAUSE_SECONDS = (1.0, 5.0)
BOUND_SECONDS = 600
STATIC = "/static/site.css"
OFFICE = ("/", "/register/", "/tasks/", "/targets/", "/progress/", "/chasing/", "/reports/", "/calendar/")
DEPARTMENT = ("/", "/reporting/?all=1", "/register/", "/messages/")
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
            path = self.chance.choice((*self.pages, STATIC))
            started = time.perf_counter()
            request = urllib.request.Request(self.address + path, headers={"Cookie": self.cookie})  # noqa: S310
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  this machine
                    answer.read()
                    is_right = answer.url == self.address + path
            except OSError as error:
                self.failed.append(f"{path}: {error}")
                continue
            if is_right:
                self.times[path].append(time.perf_counter() - started)
            else:
                self.failed.append(f"{path} led on to {answer.url}")
            time.sleep(self.chance.uniform(*PAUSE_SECONDS))


def run(full: bool) -> None:
    """Load the demo city, serve it, and print p50 and p95 of each page and the ratio to a static file."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SHUIHENG_STATE": folder, "SHUIHENG_POLICY": "demo"}
        environment.pop("SHUIHENG_DATABASE_URL", None)
        command = [sys.executable, "-m", "shuiheng.cli.main"]
        loaded = subprocess.run(
            [*command, "demo", "load"], env=environment, check=True, capture_output=True, text=True
        )
        passwords = dict(re.findall(r"^  (\w+) +(\S+)$", loaded.stdout, re.M))
        port = _free_port()
        with (Path(folder) / "served.log").open("wb") as log:
            server = subprocess.Popen(
                [*command, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log
            )
            try:
                _measure(f"http://127.0.0.1:{port}", passwords, full=full)
            finally:
                server.terminate()
                server.wait(timeout=60)


def _measure(address: str, passwords: dict[str, str], *, full: bool) -> None:
    _wait(address)
    cookies = {name: _sign_in(address, name, passwords[name]) for name in ("officer", "partner")}
    users = FULL_USERS if full else USERS
    until = time.monotonic() + (FULL_SECONDS if full else SECONDS)
    visitors = [
        Visitor(address, cookies["partner"], DEPARTMENT, seed, until)
        if seed % 3
        else Visitor(address, cookies["officer"], OFFICE, seed, until)
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
    plain = median(times[STATIC]) if times[STATIC] else float("nan")
    print(f"{users} users, pauses {PAUSE_SECONDS[0]:g}-{PAUSE_SECONDS[1]:g} s, load {os.getloadavg()[0]:.1f}")
    print(f"{'page':24s}{'n':>6s}{'p50 ms':>9s}{'p95 ms':>9s}{'p50 / static':>14s}")
    for path, found in sorted(times.items()):
        high = quantiles(found, n=20)[-1] if len(found) > 1 else found[0]
        middle = median(found)
        print(f"{path:24s}{len(found):6d}{middle * 1e3:9.0f}{high * 1e3:9.0f}{middle / plain:14.1f}")
    print(f"failed: {len(failed)} {failed[:3]}", flush=True)


def _sign_in(address: str, username: str, password: str) -> str:
    """Return the cookie of a new session."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with opener.open(address + "/login/") as page:
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())[0]
    fields = {"csrfmiddlewaretoken": token, "username": username, "password": password}
    with opener.open(address + "/login/", urllib.parse.urlencode(fields).encode()) as answer:
        answer.read()
    return "; ".join(f"{each.name}={each.value}" for each in jar)


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
