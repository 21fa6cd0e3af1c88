"""What the repository may not hold."""

from __future__ import annotations

import json
import re
import subprocess
import sys

from places import ROOT, SHARED, needs_real_plans

HASHED = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_lock_pins_every_package_with_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", lock.strip())
    assert len(entries) > 20
    assert all("==" in entry and HASHED.search(entry) for entry in entries)
    assert "://" not in lock


def test_the_browser_lock_holds_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = [package for name, package in lock["packages"].items() if name]
    assert packages
    assert all("resolved" not in package and package["integrity"] for package in packages)


def test_no_file_names_a_path_of_a_machine() -> None:
    path = re.compile(r"/(?:home|root|work|Users)/[a-z]")
    faults = []
    for name in _tracked():
        if name.endswith(
            (".py", ".md", ".toml", ".yaml", ".yml", ".sh", ".html", ".css", ".txt", ".json", ".po")
        ) and path.search((ROOT / name).read_text("utf-8", "ignore")):
            faults.append(name)
    assert not [name for name in faults if name != "tests/architecture/test_repository.py"]


@needs_real_plans
def test_no_real_plan_or_law_is_copied() -> None:
    copied = []
    ours = {
        name: re.sub(r"\s+", "", (ROOT / name).read_text("utf-8", "ignore"))
        for name in _tracked()
        if name.endswith((".txt", ".md", ".yaml", ".py", ".json", ".html"))
    }
    for source in [*(SHARED / "plans").glob("*.txt"), *(SHARED / "laws").glob("*.txt")]:
        text = re.sub(r"\s+", "", source.read_text("utf-8"))
        pieces = {text[i : i + 60] for i in range(0, len(text) - 60, 60)}
        copied += [
            f"{name} holds words of {source.name}"
            for name, own in ours.items()
            if any(piece in own for piece in pieces)
        ]
    assert not copied


def test_the_reference_pages_say_what_the_rulebook_and_the_commands_say() -> None:
    written = subprocess.run(
        [sys.executable, "scripts/make_reference.py", "--check"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert written.returncode == 0, f"{written.stdout} run scripts/make_reference.py"


WITHOUT_ITS_FOLDER = {"tests/services/many_writers.py": "-P", "tests/journeys/metered_city.py": "-m"}


def test_no_program_of_the_tests_finds_a_folder_in_place_of_a_module_of_python() -> None:
    hidden = {}
    for path in (ROOT / "tests").rglob("*.py"):
        if re.search(r"^if __name__ == ", path.read_text("utf-8"), re.MULTILINE):
            beside = {each.stem for each in path.parent.iterdir() if each.is_dir() or each.suffix == ".py"}
            if found := beside & sys.stdlib_module_names:
                hidden[path.relative_to(ROOT).as_posix()] = found
    assert hidden.keys() == WITHOUT_ITS_FOLDER.keys(), (
        f"start with -P or -m, or rename what is beside: {hidden}"
    )
