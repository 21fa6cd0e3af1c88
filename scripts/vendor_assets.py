"""Copy the pinned browser files and their licences out of node_modules into the package and the tests.

Run by `make assets` after `npm ci`; the copies are committed, so that users need no Node.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src" / "shuiheng" / "web" / "static" / "vendor"
OF_TESTS = ROOT / "tests" / "vendor"
FILES = {
    "htmx.org": {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "htmx.LICENSE.txt"},
    "echarts": {
        "dist/echarts.min.js": "echarts.min.js",
        "LICENSE": "echarts.LICENSE.txt",
        "NOTICE": "echarts.NOTICE.txt",
    },
    "zrender": {"LICENSE": "zrender.LICENSE.txt"},
    "tslib": {"LICENSE.txt": "tslib.LICENSE.txt"},
}
FILES_OF_TESTS = {"axe-core": {"axe.min.js": "axe.min.js", "LICENSE": "axe.LICENSE.txt"}}


def main() -> None:
    """Copy what pages load, and what only tests load."""
    _copy(FILES, VENDOR)
    _copy(FILES_OF_TESTS, OF_TESTS)


def _copy(files: Mapping[str, Mapping[str, str]], place: Path) -> None:
    """Copy every file and write the list of versions and hashes beside them."""
    place.mkdir(parents=True, exist_ok=True)
    listed = {}
    for package, names in files.items():
        folder = ROOT / "node_modules" / package
        version = json.loads((folder / "package.json").read_text("utf-8"))["version"]
        for source, target in names.items():
            shutil.copyfile(folder / source, place / target)
            digest = hashlib.sha256((place / target).read_bytes()).hexdigest()
            listed[target] = {"package": package, "version": version, "sha256": digest}
    text = json.dumps(listed, indent=1, sort_keys=True)
    (place / "versions.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
