"""Plans of places that do not exist, each in a manner of its own, held against hand-made labels."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from places import ROOT
from plans.measure import CORPUS, below_floor, block, corpus_files, gold_of, stored_block
from plans.scoring import Json

LABELS = sorted(CORPUS.glob("9*.json"))


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: path.name)
def test_a_held_out_plan_compiles_no_worse_than_its_floor(path: Path) -> None:
    assert not below_floor(path)


def test_the_table_of_the_corpus_in_the_readme_is_what_is_measured() -> None:
    assert stored_block("corpus") == block("corpus", corpus_files())


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    size: Counter[str] = Counter()
    for path in LABELS:
        labels = gold_of(path)
        size.update({name: len(labels[name]) for name in ("tasks", "targets", "duties", "thresholds")})
    assert size["tasks"] >= 150 and size["targets"] >= 250
    assert size["duties"] >= 20 and size["thresholds"] >= 40


@pytest.mark.parametrize("module", ["demo.build", "tests.plans.corpus.build"])
def test_plans_and_labels_are_what_their_sources_make(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_labels_keep_the_conventions_of_the_format(path: Path) -> None:
    labels = gold_of(path)
    texts = {task["id"]: task["text"] for task in labels["tasks"]}
    assert not [fault for target in labels["targets"] for fault in _faults(target)]
    for item in [*labels["targets"], *labels["duties"], *labels["thresholds"]]:
        assert item["task"] is None or item["quote"] in texts[item["task"]]


def _faults(target: Json) -> list[str]:
    is_milestone = target["kind"] == "milestone"
    rules = {
        "a milestone has no value and everything else has one": is_milestone == (target["value"] is None),
        "a milestone has no unit": not is_milestone or target["unit"] is None,
        "only a range has an upper value": (target["op"] == "~") == (target["value_max"] is not None),
        "only a reduction has a base year": target["baseline_year"] is None or target["kind"] == "reduction",
        "a count is cumulative unless annual": target["kind"] != "count"
        or target["cumulative"] is not target["annual"],
    }
    return [f"{target['id']}: {rule}" for rule, holds in rules.items() if not holds]
