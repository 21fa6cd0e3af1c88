"""No input, however broken or hostile, brings forth anything but a named refusal or a sound plan."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from secrets import token_hex

import pytest

from fuzz.cases import hostile_files
from fuzz.invariants import check_file, check_file_in_child, time_limit
from places import ROOT

FOUND = sorted(path for path in (Path(__file__).parent / "found").iterdir() if path.name != "README.md")
SAMPLE_SEED, SAMPLE = "shuiheng", "600"
BOUND = 20  # minutes, against hanging for ever; each input has its own bound
NIGHTLY_CHUNKS, NIGHTLY_CHUNK = 20, 4_900
NIGHTLY_IN_CHILD = 2_000


def fuzz(keep: Path, *options: str, minutes: float) -> None:
    """Run the fuzzer in a process of its own; fail with its words."""
    command = [sys.executable, "-m", "tests.fuzz", "--keep", str(keep), *options]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=minutes * 60, check=False
    )
    print(done.stdout[-4000:])
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-3000:]}"


def nightly_seed() -> str:
    """Return the seed asked for, else a fresh one; the fuzzer prints it."""
    return os.environ.get("SHUIHENG_FUZZ_SEED") or token_hex(4)


def test_a_sample_of_random_input_is_refused_by_name_or_compiles_soundly(tmp_path: Path) -> None:
    fuzz(tmp_path, "--seed", SAMPLE_SEED, "--count", SAMPLE, minutes=BOUND)


def test_a_sample_through_the_reading_process_is_refused_by_name_or_compiles_soundly(tmp_path: Path) -> None:
    fuzz(tmp_path, "--seed", SAMPLE_SEED, "--count", "12", "--child", minutes=BOUND)


@pytest.mark.parametrize(("name", "content"), hostile_files(), ids=[name for name, _ in hostile_files()])
def test_a_hostile_file_does_no_harm(name: str, content: bytes) -> None:
    with time_limit(20):
        check_file(name, content)


@pytest.mark.parametrize("path", FOUND, ids=[path.name for path in FOUND])
def test_an_input_that_once_failed_fails_no_more(path: Path) -> None:
    with time_limit(20):
        check_file(path.name, path.read_bytes())


@pytest.mark.nightly
@pytest.mark.parametrize("chunk", range(NIGHTLY_CHUNKS))
def test_all_random_input_is_refused_by_name_or_compiles_soundly(chunk: int, tmp_path: Path) -> None:
    first, count = str(chunk * NIGHTLY_CHUNK), str(NIGHTLY_CHUNK)
    fuzz(tmp_path, "--seed", nightly_seed(), "--first", first, "--count", count, minutes=90)


@pytest.mark.nightly
def test_random_input_through_the_reading_process(tmp_path: Path) -> None:
    fuzz(tmp_path, "--seed", nightly_seed(), "--count", str(NIGHTLY_IN_CHILD), "--child", minutes=120)


@pytest.mark.nightly
@pytest.mark.parametrize(("name", "content"), hostile_files(), ids=[name for name, _ in hostile_files()])
def test_a_hostile_file_does_no_harm_to_the_reading_process(name: str, content: bytes) -> None:
    check_file_in_child(name, content)
