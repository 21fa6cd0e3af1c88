"""The verifier: what it finds, what it does not cry about, and that it is a program of its own."""

from __future__ import annotations

import ast
import io
import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.altering import KINDS, alter
from audit.making import BEGAN, Batches, batches_of, event, exported, log, plain_text, plain_values
from places import PACKAGE
from shuiheng.audit import (
    LoggedEvent,
    NotCanonicalError,
    Seal,
    WithheldEvent,
    inclusion_path,
    logged,
    merkle_root,
    row_hash,
    verify,
)
from shuiheng.audit import canonical as first
from shuiheng.audit import seal as first_seal
from shuiheng.audit.export_form import LogHead, export_lines
from shuiheng.audit.proof import find_proof, proof_holds

PROGRAM = PACKAGE / "audit" / "verify.py"


def _fault(content: bytes, **options: object) -> verify.LogError | None:
    anchors = options.pop("anchors", {})
    try:
        verify.check_log(io.BytesIO(content), anchors, **options)  # type: ignore[arg-type]
    except verify.LogError as error:
        return error
    return None


def test_a_thousand_random_alterations_are_all_found_and_the_first_bad_row_is_named() -> None:
    chance = Random(20260105)  # noqa: S311  the same alterations each time
    missed, misnamed, kinds = [], [], Counter[str]()
    histories = [batches_of(90, seed=seed, batch=14) for seed in range(5)]
    for number in range(1000):
        altered = alter(histories[number % 5], chance)
        kinds[f"{altered.kind}/{altered.depth}"] += 1
        fault = _fault(altered.log, anchors=altered.anchors)
        if fault is None or fault.exit_code != 1:
            missed.append((number, altered.kind, altered.depth))
        elif altered.row is not None and fault.values.get("row") != altered.row:
            misnamed.append((number, altered.kind, altered.depth, altered.row, str(fault)))
        elif altered.seal is not None and fault.values.get("seal") != altered.seal:
            misnamed.append((number, altered.kind, altered.depth, altered.seal, str(fault)))
    assert not missed
    assert not misnamed
    assert {kind.split("/")[0] for kind in kinds} == set(KINDS)
    assert len(kinds) > 30


def test_a_verifier_that_trusts_the_stated_hash_would_miss_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(7)  # noqa: S311  the same alterations each time
    history = batches_of(90, seed=1, batch=14)
    altered = [found for found in (alter(history, chance) for _ in range(150)) if found.kind == "change"]
    monkeypatch.setattr(verify, "row_hash", lambda row: row["hash"])
    assert any(_fault(each.log, anchors=each.anchors) is None for each in altered)


@pytest.mark.parametrize(
    ("hand", "code"),
    [
        ("change", "audit.row_changed"),
        ("delete", "audit.row_deleted"),
        ("insert", "audit.row_inserted"),
        ("swap", "audit.row_moved"),
        ("label", "audit.row_label_changed"),
    ],
)
def test_each_kind_of_alteration_has_its_own_name(hand: str, code: str) -> None:
    batches = batches_of(30, seed=3, batch=100)
    rows = batches[0][1]
    if hand == "change":
        rows[4] = logged(event(99))
    elif hand == "delete":
        del rows[4]
    elif hand == "insert":
        rows.insert(4, logged(event(99)))
    elif hand == "swap":
        rows[4], rows[9] = rows[9], rows[4]
    text = exported(batches)
    if hand == "label":
        text = text.replace(b'"sequence":5}', b'"sequence":50}')
    fault = _fault(text)
    assert fault is not None
    assert (fault.code, fault.values["row"]) == (code, 5)


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
@pytest.mark.parametrize("events", [0, 1, 2, 500])
def test_an_honest_log_holds_and_its_last_seal_is_printed(algorithm: str, events: int) -> None:
    batches = batches_of(events, seed=events, algorithm=algorithm)
    waiting = [logged(event(9), algorithm=algorithm)]
    seen = verify.check_log(io.BytesIO(exported(batches, unsealed=waiting)), {})
    assert (seen.rows, seen.unsealed, seen.seals) == (events, 1, len(batches))
    assert "1 not yet sealed" in str(seen)
    assert not batches or f"{batches[-1][0].number}:{batches[-1][0].value}" in str(seen)


@given(st.lists(st.dictionaries(plain_text, plain_values, max_size=3), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_an_honest_log_of_any_values_holds(values: list[dict[str, object]]) -> None:
    try:
        rows = [logged(event(number, after=fields)) for number, fields in enumerate(values)]
    except NotCanonicalError:
        return
    seal = first_seal.make_seal([row.row_hash for row in rows], at=BEGAN)
    assert _fault(exported([(seal, rows)])) is None


@pytest.mark.nightly
def test_a_hundred_thousand_honest_rows_raise_no_alarm() -> None:
    for seed in range(4):
        assert _fault(exported(batches_of(25_000, seed=seed, batch=600))) is None


@given(st.dictionaries(plain_text, plain_values, max_size=4))
def test_both_canonical_forms_agree(fields: dict[str, object]) -> None:
    try:
        record = event(1, before=fields)
        written = first.canonical_bytes(record)
    except NotCanonicalError:
        return
    assert verify.encoded(json.loads(written)).encode() == written
    assert verify.row_hash({"algorithm": "sha256", "event": json.loads(written)}) == row_hash(record)


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=66))
@settings(deadline=None)
def test_both_trees_agree_on_roots_and_paths(leaves: list[bytes]) -> None:
    root = merkle_root(leaves).hex()
    assert verify.tree_root("sha256", [leaf.hex() for leaf in leaves]) == root
    for index, leaf in enumerate(leaves):
        path = [node.hex() for node in inclusion_path(leaves, index)]
        assert verify.climbed("sha256", leaf.hex(), path, index, len(leaves) - 1) == root


def test_both_seal_values_agree() -> None:
    for seal, _ in batches_of(200, seed=8):
        assert verify.seal_value(json.loads(json.dumps(_plain(seal)))) == seal.value


def _plain(seal: first_seal.Seal) -> dict[str, object]:
    at = first.instant_text(seal.at)
    return {
        "number": seal.number,
        "previous": seal.previous,
        "root": seal.root,
        "count": seal.count,
        "at": at,
        "algorithm": seal.algorithm,
    }


def test_an_anchor_of_another_value_or_of_a_later_seal_is_a_fault_and_the_right_one_is_none() -> None:
    batches = batches_of(200, seed=5)
    text, seals = exported(batches), [seal for seal, _ in batches]
    assert _fault(text, anchors={seal.number: seal.value[:32] for seal in seals}) is None
    wrong = _fault(text, anchors={2: seals[0].value})
    late = _fault(text, anchors={len(seals) + 1: "0" * 64})
    assert wrong is not None and (wrong.code, wrong.values) == ("audit.anchor_differs", {"seal": 2})
    assert late is not None and late.code == "audit.anchor_missing"


def test_a_value_without_its_number_is_looked_for_in_every_seal() -> None:
    batches = batches_of(200, seed=5)
    text, kept = exported(batches), batches[1][0].value
    assert verify.anchors_of([verify.anchor(kept), verify.anchor(f"2:{kept}")]) == {-1: kept, 2: kept}
    assert _fault(text, anchors={-1: kept, -2: batches[-1][0].value[:40]}) is None
    lost = _fault(text, anchors={-1: kept, -2: "ab" * 32})
    assert lost is not None and (lost.code, lost.values) == ("audit.anchor_missing", {"seal": "ab" * 32})


def test_a_log_that_begins_late_is_refused_unless_that_was_asked_for() -> None:
    batches = batches_of(300, seed=6)
    before = batches[2][0]
    rows = sum(seal.count for seal, _ in batches[:3])
    head = LogHead(
        city=None,
        exported_at=BEGAN,
        first_seal=4,
        last_seal=batches[-1][0].number,
        previous=before.value,
        rows_before=rows,
    )
    text = "".join(export_lines(head, batches[3:])).encode()
    refused = _fault(text)
    assert refused is not None and refused.code == "audit.begins_late"
    assert _fault(text, is_partial=True, anchors={3: before.value}) is None
    wrong = _fault(text, is_partial=True, anchors={3: before.root})
    assert wrong is not None and wrong.code == "audit.anchor_differs"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"is_refused":false', b'"is_refused":false,"is_refused":false'),
        (b'"schema":1', b'"schema":1.0'),
        (b'"schema":1', b'"schema":NaN'),
        (b'"schema":1', b'"schema": 1'),
        (b'"role":"office_clerk"', b'"role":"\\ud800"'),
        (b'"role":"office_clerk"', b'"role":"\xff"'),
        (b'"line":"event"', b'"line":"event","note":"x"'),
        (b'"line":"event"', b'"line":"elsewhere"'),
        (b'"event":{', b'"event":' + b"[" * 100_000 + b"{"),
    ],
)
def test_a_line_that_is_not_written_canonically_is_named(old: bytes, new: bytes) -> None:
    text = exported(batches_of(30, seed=3)).replace(old, new, 1)
    fault = _fault(text)
    assert fault is not None
    assert (fault.code, fault.values["line"]) == ("audit.unreadable", 3)


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n", b"PK\x03\x04", b'{"line":"head"}\n', b"[]\n"])
def test_what_is_no_log_is_not_called_an_altered_one(content: bytes) -> None:
    fault = _fault(content)
    assert fault is not None and (fault.code, fault.exit_code) == ("audit.not_a_log", 2)


@given(st.integers(0, 2**32), st.integers(1, 6))
@settings(max_examples=150, deadline=None)
def test_random_bytes_in_a_log_end_in_a_fault_and_never_in_a_crash(seed: int, count: int) -> None:
    chance = random.Random(seed)  # noqa: S311  Hypothesis gives the seed
    text = bytearray(exported(batches_of(12, seed=2, batch=3)))
    for _ in range(count):
        text[chance.randrange(len(text))] = chance.randrange(256)
    whole = exported(batches_of(12, seed=2, batch=3))
    fault = _fault(bytes(text))
    assert fault is not None or _same_but_head(bytes(text), whole)


def _same_but_head(one: bytes, other: bytes) -> bool:
    """Return whether two exports differ in the first line only, of which nothing is sealed."""
    return one.split(b"\n", 1)[1] == other.split(b"\n", 1)[1]


def test_surplus_rows_without_end_are_named_before_they_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verify, "MOST_SURPLUS", 10)
    batches = batches_of(5, seed=1, batch=100)
    batches[0][1].extend(logged(event(number)) for number in range(50))
    text = exported(batches)
    seen = verify.Seen(first_seal=1, last_seal=0, last_value="", due_row=1)
    lines = [json.loads(line) for line in text.splitlines()[2:]]
    with pytest.raises(verify.LogError, match="row_inserted"):
        for line in lines:
            verify._take_row(seen, line, is_tail=False)
    assert len(seen.batch) <= 16


def test_a_copy_of_the_file_runs_alone_and_its_exit_code_tells(tmp_path: Path) -> None:
    copy = Path(shutil.copy(PROGRAM, tmp_path / "check.py"))
    good, bad = tmp_path / "good.log", tmp_path / "bad.log"
    text = exported(batches_of(60, seed=4))
    good.write_bytes(text)
    bad.write_bytes(text.replace("市水利局".encode(), "市水务局".encode(), 1))
    codes = [_run(copy, file)[0] for file in (good, bad, tmp_path / "none.log")]
    assert codes == [0, 1, 2]
    assert "audit.row_changed" in _run(copy, bad)[1]
    assert _run(copy, good, "--anchor", "1:zz")[0] == 2


def _run(program: Path, *words: Path | str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(program), *map(str, words)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
    )
    return done.returncode, done.stdout


def test_the_program_imports_the_standard_library_only_and_stays_short() -> None:
    tree = ast.parse(PROGRAM.read_text("utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [n.name for n in node.names]
        )
    }
    assert imported <= set(sys.stdlib_module_names)
    docs = {
        number
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
        for number in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    }
    lines = PROGRAM.read_text("utf-8").splitlines()
    code = [n for n, line in enumerate(lines, start=1) if line.strip() and n not in docs]
    assert 100 < len(code) < 300


def test_each_code_has_a_sentence_that_takes_its_values() -> None:
    values = {"line": 1, "seal": 2, "row": 3, "key": "k", "other": 4}
    raised = {code for code in verify.SAYS if str(verify.LogError(code, **values)).startswith(f"{code}: ")}
    assert raised == set(verify.SAYS)


def test_an_unsealed_row_whose_hash_does_not_fit_is_named() -> None:
    waiting = [logged(event(number)) for number in range(3)]
    lines = exported(batches_of(5, seed=1), unsealed=waiting).splitlines(keepends=True)
    lines[-3] = lines[-3].replace(b'"rows":', b'"sows":')
    fault = _fault(b"".join(lines))
    assert fault is not None and (fault.code, fault.values["row"]) == ("audit.row_changed", 7)


def test_the_log_maker_of_these_tests_yields_what_is_not_sealed_last() -> None:
    made = list(log(50, seed=1, unsealed=2))
    assert made[-1][0] is None and len(made[-1][1]) == 2


def _withheld(place: int, batches: Batches) -> tuple[Seal, list[LoggedEvent | WithheldEvent]]:
    seal, rows = batches[0]
    hidden: list[LoggedEvent | WithheldEvent] = list(rows)
    hidden[place] = WithheldEvent(row_hash=row_hash(rows[place].record))
    return seal, hidden


def test_rows_that_the_reader_may_not_see_keep_their_places_and_are_counted() -> None:
    batches = batches_of(30, seed=3, batch=100)
    head = LogHead(city="330299", exported_at=BEGAN, last_seal=len(batches))
    text = "".join(export_lines(head, [_withheld(4, batches), *batches[1:]]))
    seen = verify.check_log(io.BytesIO(text.encode()), {})
    assert (seen.rows, seen.withheld) == (30, 1)
    assert "1 of them withheld" in str(seen) and batches[0][1][4].record.key not in text
    following = batches[0][1][5].record.key
    proof = find_proof(text.splitlines(), following)
    assert proof is not None and proof.index == 5 and proof_holds(proof)


def test_a_withheld_row_that_was_altered_is_named_all_the_same() -> None:
    batches = batches_of(30, seed=3, batch=100)
    batches[0][1][4] = logged(event(99))
    head = LogHead(city="330299", exported_at=BEGAN, last_seal=len(batches))
    fault = _fault("".join(export_lines(head, [_withheld(4, batches), *batches[1:]])).encode())
    assert fault is not None and (fault.code, fault.values["row"]) == ("audit.row_changed", 5)
