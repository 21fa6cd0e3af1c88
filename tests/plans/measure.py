"""The plans that the compiler is measured on, what it makes of them, and the tables of the figures.

`python -m tests.plans.measure` prints both tables and every difference (`--brief`: the tables only);
`--write` stores the floors and the tables of tests/README.md after a change that moved them.
"""

from __future__ import annotations

import json
import math
import sys
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from shuiheng.adapters.documents import read_document
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.plans import PlanKnowledge
from shuiheng.plans.compiler import compile_plan
from shuiheng.plans.plan_json import plan_json

from .scoring import MEASURES, Json, Measured, measure, table

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SHARED = ROOT.parent / "shared"
CORPUS = HERE / "corpus"
FLOORS = CORPUS / "floors.yaml"
README = ROOT / "tests" / "README.md"
AS_OF = date(2024, 1, 1)
REAL_FORMS = ("txt", "docx", "pdf")
Row = dict[str, float]


def corpus_files() -> list[Path]:
    """Return the printed plans of the corpus, and those of the demo city."""
    demo = ROOT / "demo" / "plans"
    printed = [
        path for path in CORPUS.iterdir() if path.suffix in {".txt", ".text", ".docx", ".pdf", ".html"}
    ]
    return sorted(printed) + [demo / f"shili_water_saving_plan.{form}" for form in REAL_FORMS]


def real_files() -> list[Path]:
    """Return the five real plans in their three forms; none when they are not at hand."""
    plans = SHARED / "plans"
    texts = sorted(plans.glob("0*.txt"))
    return [
        plans / ("" if form == "txt" else form) / f"{t.stem}.{form}" for form in REAL_FORMS for t in texts
    ]


def gold_of(path: Path) -> Json:
    """Return the labels that belong to a printed plan."""
    if path.is_relative_to(SHARED):
        place = SHARED / "plans" / "gold" / f"{path.name[:3]}.json"
    elif path.is_relative_to(CORPUS):
        place = path.with_suffix(".json")
    else:
        place = path.parent / "gold.json"
    labels: Json = json.loads(place.read_text("utf-8"))
    return labels


@cache
def knowledge() -> PlanKnowledge:
    """Return what the rulebook knows."""
    return load_knowledge()


@cache
def measured(path: Path) -> Measured:
    """Return the measures of one printed plan."""
    document = read_document(path.read_bytes(), name=path.name)
    got = plan_json(compile_plan(document, knowledge(), as_of=AS_OF))
    return measure(got, gold_of(path))


def rows(files: list[Path]) -> dict[str, Row]:
    """Return the measures of several plans by file name."""
    return {path.name: measured(path).shares for path in files}


def floors() -> dict[str, Row]:
    """Return the stored floors by file name; empty before the first writing."""
    return (yaml.safe_load(FLOORS.read_text("utf-8")) or {}) if FLOORS.exists() else {}


def below_floor(path: Path) -> list[str]:
    """Return which measures of a plan have fallen under their floor."""
    wanted = floors()[path.name]
    shares = measured(path).shares
    return [
        f"{name} {shares[name]:.3f} < {wanted[name]:.2f}" for name in MEASURES if shares[name] < wanted[name]
    ]


def block(name: str, files: list[Path]) -> str:
    """Return one table between its marks, as it stands in tests/README.md."""
    return f"<!-- {name} -->\n{table(rows(files))}\n<!-- end {name} -->"


def stored_block(name: str) -> str:
    """Return the table that tests/README.md shows."""
    text = README.read_text("utf-8")
    start, end = f"<!-- {name} -->", f"<!-- end {name} -->"
    return text[text.index(start) : text.index(end) + len(end)]


def write() -> None:
    """Store floors and tables as they are measured now."""
    files = {"corpus": corpus_files(), "real plans": real_files()}
    lines = ["# Lowest share that each plan may have; written by `python -m tests.plans.measure --write`."]
    for path in [path for group in files.values() for path in group]:
        floor = {name: math.floor(share * 100) / 100 for name, share in measured(path).shares.items()}
        lines.append(f"{path.name}: {{{', '.join(f'{name}: {low:.2f}' for name, low in floor.items())}}}")
    FLOORS.write_text("\n".join(lines) + "\n", "utf-8")
    text = README.read_text("utf-8")
    for name, group in files.items():
        if group:
            text = text.replace(stored_block(name), block(name, group))
    README.write_text(text, "utf-8")


def main(arguments: list[str]) -> None:
    """Print the tables, and the differences unless they are not wanted."""
    wanted = [word for word in arguments if not word.startswith("-")]
    files = [
        path for path in [*corpus_files(), *real_files()] if not wanted or any(w in path.name for w in wanted)
    ]
    for path in files if "--brief" not in arguments else ():
        print(f"{path.name}\n" + "".join(f"    {line}\n" for line in measured(path).differences), end="")
    print(table(rows(files)))
    if "--write" in arguments:
        write()


if __name__ == "__main__":
    main(sys.argv[1:])
