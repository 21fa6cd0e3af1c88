"""The program that makes a draw again finds every change, and needs nothing but Python."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from places import PACKAGE
from programmes.draw.registers import COMMITTED_ON, KNOWN_ON, dice, public_number, some_register
from shuiheng.programmes.draw import OpenedNumber, SealedNumbersPlan, draw, draw_json, seal_of
from shuiheng.programmes.draw.register import hash_of
from shuiheng.programmes.draw.verify import (
    SAYS,
    DrawDiffersError,
    assign,
    check_record,
    check_seed,
    in_the_draw,
    items_of,
    main,
    select,
)

PROGRAM = PACKAGE / "programmes" / "draw" / "verify.py"
Json = dict[str, Any]


def record(number: int = 5) -> Json:
    """Return the record of a draw as a file would give it back."""
    made = draw(some_register(dice(7)), public_number(number))
    return json.loads(json.dumps(draw_json(made, committed_on=COMMITTED_ON, drawn_on=KNOWN_ON)))  # type: ignore[no-any-return]  # plain JSON


def sealed_again(kept: Json) -> Json:
    """Renew every hash that a forger could renew without touching what was announced."""
    kept["input_hashes"] = {name: hash_of(kept["register"][name]) for name in kept["input_hashes"]}
    kept["result_hash"] = hash_of(kept["result"])
    return kept


def other_drawn(kept: Json) -> None:
    names = [each["id"] for each in kept["result"]["drawn"]]
    left = next(name for name in kept["result"]["chances"] if name not in names)
    kept["result"]["drawn"][0]["id"] = left


def friend_sent(kept: Json) -> None:
    team = kept["result"]["drawn"][0]["inspectors"]
    team[0] = next(each for each in kept["register"]["inspectors"] if each not in team)


def row_twice(kept: Json) -> None:
    kept["register"]["objects"].append(kept["register"]["objects"][0])
    kept["commitment"] = hash_of(kept["register"])


CHANGES: dict[str, Callable[[Json], object]] = {
    "commitment": lambda kept: kept["register"]["objects"].pop(),
    "twice": row_twice,
    "input": lambda kept: kept["input_hashes"].update(items="0" * 64),
    "days": lambda kept: kept.update(committed_on=KNOWN_ON.isoformat()),
    "seed": lambda kept: kept["seed"].update(digits="12345"),
    "seed_value": lambda kept: kept["seed"].update(digits="1" * 14),
    "left_out": lambda kept: kept["result"]["left_out"].pop(),
    "chances": lambda kept: kept["result"]["chances"].update({next(iter(kept["result"]["chances"])): "1/7"}),
    "drawn": other_drawn,
    "inspectors": friend_sent,
    "items": lambda kept: kept["result"]["drawn"][0]["items"].pop(),
    "result": lambda kept: kept["result"].update(remark="kept"),
}


def test_a_draw_can_be_made_again() -> None:
    assert check_record(record(), record()["commitment"]) == 9


@pytest.mark.parametrize("word", CHANGES)
def test_every_change_is_found_and_named(word: str) -> None:
    kept = record()
    CHANGES[word](kept)
    if word not in ("input", "result"):
        sealed_again(kept)
    with pytest.raises(DrawDiffersError) as found:
        check_record(kept)
    assert found.value.word == word


def forged(change: Callable[[Json], object]) -> Json:
    """Return a record that fits itself, of a register from which nobody should have drawn."""
    kept = record()
    register = kept["register"]
    change(register)
    kept["commitment"] = hash_of(register)
    kept["seed_value"] = check_seed(kept)
    objects = in_the_draw(register)
    chances, chosen = select(register, objects, kept["seed_value"])
    teams = assign(register, chosen, kept["seed_value"])
    kept["result"]["chances"] = {name: str(chance) for name, chance in chances.items()}
    kept["result"]["drawn"] = [
        {"id": name, "inspectors": teams[name], "items": items_of(register, objects[name])} for name in chosen
    ]
    return sealed_again(kept)


def test_a_register_that_has_too_few_is_not_passed_though_its_record_fits_itself() -> None:
    faults: dict[str, Callable[[Json], object]] = {
        "inspectors": lambda register: register.update(inspectors=register["inspectors"][:1], recusals=[]),
        "size": lambda register: register.update(size=99),
    }
    for word, change in faults.items():
        with pytest.raises(DrawDiffersError) as found:
            check_record(forged(change))
        assert found.value.word == word
    assert check_record(forged(lambda register: register.update(size=8))) == 8


def test_what_does_not_follow_from_the_inputs_cannot_be_slipped_into_the_result() -> None:
    for place in (lambda kept: kept["result"], lambda kept: kept["result"]["drawn"][0]):
        kept = record()
        place(kept)["remark"] = "no need to go there"
        with pytest.raises(DrawDiffersError) as found:
            check_record(sealed_again(kept))
        assert found.value.word == "result"


def test_a_register_changed_afterwards_with_all_its_hashes_differs_from_what_was_announced() -> None:
    announced = record()["commitment"]
    register = some_register(dice(7))
    forged = draw(replace(register, inspectors=(*register.inspectors, "J99")), public_number(5))
    kept = draw_json(forged, committed_on=COMMITTED_ON, drawn_on=KNOWN_ON)
    assert check_record(copy.deepcopy(kept)) == 9  # it fits itself
    with pytest.raises(DrawDiffersError) as found:
        check_record(kept, announced)
    assert found.value.word == "announced"


def test_numbers_that_persons_sealed_are_checked_against_their_seals() -> None:
    opened = tuple(OpenedNumber(person=name, number=name[-1], salt="ab" * 16) for name in ("P1", "P2", "P3"))
    register = some_register(dice(9))
    plan = SealedNumbersPlan(seals=tuple((each.person, seal_of(each, draw=register.id)) for each in opened))
    made = draw(replace(register, seed_plan=plan), opened)
    kept = draw_json(made, committed_on=COMMITTED_ON, drawn_on=COMMITTED_ON)
    assert check_record(json.loads(json.dumps(kept))) == 9
    kept["seed"]["opened"][1]["number"] = "7"  # type: ignore[index,call-overload]  # plain JSON
    with pytest.raises(DrawDiffersError) as found:
        check_record(kept)
    assert found.value.word == "seed"


def test_the_file_runs_alone_and_says_what_it_found(tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_bytes(PROGRAM.read_bytes())
    kept = record()
    (tmp_path / "good.json").write_text(json.dumps(kept), "utf-8")
    other_drawn(kept)
    (tmp_path / "bad.json").write_text(json.dumps(sealed_again(kept)), "utf-8")
    codes = {}
    for name in ("good", "bad"):
        command = [
            sys.executable,
            "-I",
            "-S",
            "verify.py",
            f"{name}.json",
            "--commitment",
            kept["commitment"],
        ]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        codes[name] = (ran.returncode, ran.stdout.splitlines()[-1])
    assert codes["good"] == (0, f"承诺值 / commitment: {kept['commitment']} ({COMMITTED_ON})")
    assert codes["bad"][0] == 1
    assert "the objects drawn must be" in codes["bad"][1]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[1]",
        '{"format": "shuiheng.draw", "format": "shuiheng.draw"}',
        "no json",
        '{"format": "x", "version": 1, "register": {}, "result": {}}',
    ],
)
def test_what_is_no_record_is_said_to_be_none(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "record.json").write_text(text, "utf-8")
    assert main([str(tmp_path / "record.json")]) == 2
    assert SAYS["no_record"].split("（")[0] in capsys.readouterr().out


def test_it_imports_nothing_but_the_standard_library() -> None:
    lines = PROGRAM.read_text("utf-8").splitlines()
    named = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert named <= sys.stdlib_module_names
