"""Scripts and styles use nothing that Chromium 90 does not know."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from places import PACKAGE, ROOT

STATIC = PACKAGE / "web" / "static"
VENDORED = {"site": STATIC / "vendor", "tests": ROOT / "tests" / "vendor"}
CSS = {
    "cascade layers": r"@layer\b",
    "container queries": r"@container\b|container-type\s*:",
    "color functions": r"color-mix\(|oklch\(|oklab\(|\blch\(|\blab\(",
    "relational selector": r":has\(",
    "subgrid": r"\bsubgrid\b",
    "nesting": r"^\s*&",
    "registered properties": r"@property\b",
    "small viewport units": r"\d(?:dvh|svh|lvh|dvw)\b",
    "text-wrap": r"text-wrap\s*:",
    "accent of scroll": r"scrollbar-gutter\s*:|overscroll-behavior-inline",
}
JS = {
    "structuredClone": r"\bstructuredClone\(",
    "Array.at": r"\)\.at\(|\]\.at\(|\w\.at\(-",
    "Object.hasOwn": r"Object\.hasOwn\(",
    "crypto.randomUUID": r"randomUUID\(",
    "findLast": r"\.findLast(?:Index)?\(",
    "array copies": r"\.toSorted\(|\.toReversed\(|\.toSpliced\(|Array\.fromAsync",
    "groupBy": r"Object\.groupBy|Map\.groupBy",
    "static blocks": r"\bstatic\s*\{",
    "eval": r"\beval\(|new Function\(",
    "error cause": r"replaceChildren\(\s*\.\.\.|\.showPopover\(",
}


def _without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|^\s*//.*?$", "", text, flags=re.S | re.M)


@pytest.mark.parametrize("feature", CSS)
def test_styles_use_nothing_newer(feature: str) -> None:
    for path in STATIC.glob("*.css"):
        assert not re.search(CSS[feature], _without_comments(path.read_text("utf-8")), re.M), path.name


@pytest.mark.parametrize("feature", JS)
def test_own_scripts_use_nothing_newer(feature: str) -> None:
    for path in STATIC.glob("*.js"):
        assert not re.search(JS[feature], _without_comments(path.read_text("utf-8"))), path.name


@pytest.mark.parametrize(
    "feature", ["structuredClone", "Object.hasOwn", "findLast", "array copies", "groupBy"]
)
def test_vendored_scripts_use_nothing_newer(feature: str) -> None:
    for path in (STATIC / "vendor").glob("*.js"):
        assert not re.search(JS[feature], path.read_text("utf-8")), path.name


@pytest.mark.parametrize("place", VENDORED)
def test_vendored_files_are_those_of_the_pinned_packages(place: str) -> None:
    folder = VENDORED[place]
    listed = json.loads((folder / "versions.json").read_text("utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert set(listed) == {path.name for path in folder.iterdir()} - {"versions.json"}
    for name, entry in listed.items():
        content = (folder / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], name
        assert lock[f"node_modules/{entry['package']}"]["version"] == entry["version"]


@pytest.mark.parametrize("place", VENDORED)
def test_every_vendored_script_has_its_licence(place: str) -> None:
    names = {path.name for path in VENDORED[place].iterdir()}
    assert all(f"{name.split('.')[0]}.LICENSE.txt" in names for name in names if name.endswith(".js"))


def test_no_file_of_the_site_asks_another_host() -> None:
    for path in [
        *STATIC.glob("*.css"),
        *STATIC.glob("*.js"),
        *(PACKAGE / "web" / "templates").rglob("*.html"),
    ]:
        assert not re.search(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", path.read_text("utf-8")), path.name


def _contrast(first: str, second: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(first), light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_kind_can_be_read_on_its_own_colour() -> None:
    text = (STATIC / "site.css").read_text("utf-8")
    colours = dict(re.findall(r"--(k-\w+(?:-b)?): (#[0-9a-f]{6})", text))
    kinds = [name for name in colours if f"{name}-b" in colours]
    assert len(kinds) >= 7
    weak = {kind: _contrast(colours[kind], colours[f"{kind}-b"]) for kind in kinds}
    assert not {kind: ratio for kind, ratio in weak.items() if ratio < 4.5}
