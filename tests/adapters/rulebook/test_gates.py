"""Gates of the rulebook: what is refused, and that every found clause prints its words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from places import SHARED, needs_real_plans
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.gates import gate_words, read_gate_words, read_gates, shipped_gates
from shuiheng.adapters.rulebook.printed_figures import articles_of
from shuiheng.adapters.rulebook.sources import shipped_sources
from shuiheng.allowances.gates import facts_of_gate
from shuiheng.rules.parameter import Mark

GOOD = (rulebook_folder() / "gates" / "carwash_circulation.yaml").read_text("utf-8")
WORDS = (rulebook_folder() / "words" / "gates.yaml").read_text("utf-8")


def _folder(tmp_path: Path, gate: str, words: str = WORDS) -> Path:
    for name in ("gates", "words"):
        (tmp_path / name).mkdir(exist_ok=True)
    (tmp_path / "gates" / "mine.yaml").write_text(gate, "utf-8")
    (tmp_path / "words" / "gates.yaml").write_text(words, "utf-8")
    return tmp_path


def test_gates_stand_in_the_order_of_their_stages() -> None:
    order = list(gate_words().stages)
    stages = [order.index(gate.stage) for gate in shipped_gates()]
    assert stages == sorted(stages)
    assert len(stages) >= 25


def test_every_fact_is_asked_by_some_gate() -> None:
    asked = {name for gate in shipped_gates() for name in facts_of_gate(gate)}
    assert set(gate_words().facts) == asked


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stage: completion", "stage: lunch"),
        ("kinds: [new, rebuilt, enlarged]", "kinds: []"),
        ("kinds: [new, rebuilt, enlarged]", "kinds: [old]"),
        ("fact: circulating_water", "fact: colour"),
        ('is: "carwash"', 'is: "bakery"'),
        ('is: "yes"', 'is: "perhaps"'),
        ('is: "yes"', "among: []"),
        ("fact: wash_bays, at_least", "fact: wash_bays, is"),
        ("fact: circulating_water, is", "fact: wash_bays, is"),
        ("at_least: [{rule: gates/carwash_bays_circulating}]", "at_least: []"),
        ("{rule: gates/carwash_bays_circulating}", "{rule: gates/no_such_rule}"),
        ("{rule: gates/carwash_bays_circulating}", "{rule: gates/reclaimed_facility}"),
        ("{rule: gates/carwash_bays_circulating}", "{fact: circulating_water}"),
        ("{rule: gates/carwash_bays_circulating}", "{fact: persons, rule: permits/term_years}"),
        ("passes:\n  all:", "passes:\n  some:"),
        ("passes:\n  all:\n", "passes:\n  any: []\n  all:\n"),
        ("source: ha-zhengzhou-water-saving-2007", "source: somewhere"),
        ("mark: found", "mark: guessed"),
        ("stage: completion", "stage: completion\ninstead_of: mine"),
        ("stage: completion", "stage: completion\ninstead_of: nobody"),
    ],
)
def test_a_gate_that_cannot_be_looked_at_is_refused_with_its_file(tmp_path: Path, old: str, new: str) -> None:
    assert old in GOOD
    with pytest.raises(RulebookError) as caught:
        read_gates(_folder(tmp_path, GOOD.replace(old, new, 1)))
    assert caught.value.file == "gates/mine.yaml"


def test_a_good_gate_is_read(tmp_path: Path) -> None:
    [gate] = read_gates(_folder(tmp_path, GOOD))
    assert (gate.id, gate.stage, len(gate.applies.parts)) == ("mine", "completion", 2)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("form: flag", "form: feeling", 1),
        lambda text: text.replace("from: project", "from: hearsay", 1),
        lambda text: text.replace("choices: categories", "choices: none_such", 1),
    ],
)
def test_words_that_cannot_be_are_refused(tmp_path: Path, change: Callable[[str], str]) -> None:
    with pytest.raises(RulebookError):
        read_gate_words(_folder(tmp_path, GOOD, change(WORDS)))


@needs_real_plans
@pytest.mark.real_plans
def test_every_found_clause_prints_its_words_no_earlier_than_its_text_holds() -> None:
    texts = {
        "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(): articles_of(path.read_text("utf-8"))
        for path in sorted((SHARED / "laws").glob("*.txt"))
    }
    looked, wrong = 0, []
    for gate in shipped_gates():
        for basis in gate.bases:
            if basis.mark is not Mark.FOUND:
                continue
            source = shipped_sources()[basis.source]
            article = "".join(texts[source.text_hash or ""].get(basis.clause, "").split())
            is_early = source.text_holds_from is None or basis.valid_from < source.text_holds_from
            looked += len(basis.printed)
            if is_early or not basis.printed or any(each not in article for each in basis.printed):
                wrong.append((gate.id, basis.source, basis.clause))
    assert wrong == []
    assert looked >= 40
