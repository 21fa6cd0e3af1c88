#!/usr/bin/env python3
"""Make the draw of a random inspection again from its record. A whole program: copy it anywhere and run it.

    python verify.py RECORD [--commitment VALUE]

It needs Python 3.11 and nothing else, and on purpose shares no code with the program that made the draw: it
is written a second time from docs/formats/draw.md. The value given with --commitment comes from a place that
the maker of the draw could not change afterwards: a notice, a letter, a newspaper of before the draw.

Exit code 0: the draw follows from its inputs. 1: it does not; what differs is named. 2: it is no such record.
"""

from __future__ import annotations

import argparse
import bisect
import hashlib
import io
import itertools
import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

Json = dict[str, Any]
SAYS = {
    "no_record": "不是可校验的抽查记录（{what}） / this is no record of a draw ({what})",
    "twice": "名录库（{what}）有重复编号 / a number stands twice in the register ({what})",
    "commitment": "名录库与承诺值不符 / the register is not the one that was committed to",
    "announced": "承诺值与事先公布的不同 / the commitment is not the one announced before",
    "input": "{what}的哈希不符 / the hash of {what} differs",
    "days": "承诺不早于随机数公布，或日期顺序不对 / the days do not follow each other as they must",
    "seed": "随机数与名录库约定的不符（{what}） / chance is not what the register announced ({what})",
    "seed_value": "种子值不符 / the value of the seed differs",
    "left_out": "不参加抽取的对象不符 / other objects have to be left out",
    "chances": "{what}的入选概率不符 / the chance of {what} differs",
    "size": "名录库只够抽取 {what} 个 / only {what} objects can be drawn from the register",
    "drawn": "抽中的对象应为 {what} / the objects drawn must be {what}",
    "inspectors": "{what}的检查人员不符 / the inspectors of {what} differ",
    "items": "{what}的检查事项不符 / the items of {what} differ",
    "result": "结果的哈希不符，或有多余内容 / the hash of the result differs, or it holds more than a result",
}


class DrawDiffersError(Exception):
    """The first thing that does not follow, by its word in SAYS."""

    def __init__(self, word: str, what: object = "") -> None:
        super().__init__(SAYS[word].format(what=what))
        self.word = word


def hashed(value: Any) -> str:
    """Return the SHA-256 of a value in canonical JSON: sorted keys and no white space."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def number_below(seed: str, label: str, below: int) -> int:
    """Return the first number of 256 bits behind the seed that favours none, reduced."""
    for turn in itertools.count():
        number = int(hashed([seed, label, turn]), 16)
        if number // below < 2**256 // below:
            return number % below
    raise AssertionError


def check_seed(record: Json) -> str:
    """Return the value of the seed; chance must be what the register announced, and come after it."""
    register, seed = record["register"], record["seed"]
    plan, days = register["seed_plan"], [register["as_of"], record["committed_on"]]
    if plan["kind"] == "public_number":
        digits = seed["digits"]
        if not (digits.isascii() and digits.isdigit() and len(digits) == plan["digits"]):
            raise DrawDiffersError("seed", digits)
        if not record["committed_on"] < plan["known_on"] <= seed["read_on"]:
            raise DrawDiffersError("days")
        days.append(seed["read_on"])
        words = [digits]
    else:
        sealed = {each["person"]: each["seal"] for each in plan["seals"]}
        opened = {each["person"]: each for each in seed["opened"]}
        if sealed.keys() != opened.keys() or len(seed["opened"]) != len(sealed) or len(sealed) < 2:
            raise DrawDiffersError("seed", ", ".join(sorted(sealed)))
        for person, each in opened.items():
            if (
                hashed(["shuiheng.draw-seal", register["draw"], person, each["number"], each["salt"]])
                != sealed[person]
            ):
                raise DrawDiffersError("seed", person)
        words = [opened[person][field] for person in sorted(opened) for field in ("person", "number", "salt")]
    if [*days, record["drawn_on"]] != sorted([*days, record["drawn_on"]]):
        raise DrawDiffersError("days")
    return hashed(["shuiheng.draw-seed", record["commitment"], *words])


def in_the_draw(register: Json) -> dict[str, Json]:
    """Return the objects that are not left out, by number."""
    rules = register["rules"]
    after = rules["spared_after"]
    return {
        each["id"]: each
        for each in register["objects"]
        if after is None
        or each["checked_on"] is None
        or each["checked_on"] <= after
        or each["credit"] in rules["never_spared"]
    }


def select(register: Json, objects: dict[str, Json], seed: str) -> tuple[dict[str, Fraction], list[str]]:
    """Return the chance of each object, and who is drawn in the order of chance."""
    of_class = register["rules"]["weights"]
    unit = 10 ** max(len(text.partition(".")[2]) for text in of_class.values())
    weights = {name: int(Fraction(of_class[each["credit"]]) * unit) for name, each in objects.items()}
    left, certain, total = register["size"], set[str](), sum(weights.values())
    while sure := [name for name in weights if name not in certain and left * weights[name] >= total]:
        certain.update(sure)
        left, total = left - len(sure), total - sum(weights[name] for name in sure)
    place = {name: hashed([seed, "order", name]) for name in weights}
    others = sorted(weights.keys() - certain, key=lambda name: place[name])
    chances = {
        name: Fraction(1) if name in certain else Fraction(left * weights[name], total) for name in weights
    }
    chosen = set(certain)
    if others:
        start = number_below(seed, "start", total)
        ends = list(itertools.accumulate(left * weights[name] for name in others))
        chosen |= {others[bisect.bisect_right(ends, start + step * total)] for step in range(left)}
    return chances, sorted(chosen, key=lambda name: place[name])


def assign(register: Json, chosen: list[str], seed: str) -> dict[str, list[str]]:
    """Return who goes to each object: those with least to do first, then work handed on along chains."""
    everybody, barred = sorted(register["inspectors"]), {tuple(pair) for pair in register["recusals"]}
    free = {name: [who for who in everybody if (who, name) not in barred] for name in chosen}
    rank = {(name, who): hashed([seed, "inspector", name, who]) for name in chosen for who in free[name]}
    teams: dict[str, list[str]] = {}
    load, size = loads(everybody, teams), register["rules"]["team"]
    for name in chosen:
        teams[name] = sorted(free[name], key=lambda who: (load[who], rank[name, who]))[:size]
        for who in teams[name]:
            load[who] += 1
    while steps := next_chain(loads(everybody, teams), free, teams):
        for name, before, after in steps:
            teams[name][teams[name].index(before)] = after
    return {name: sorted(team, key=lambda who: rank[name, who]) for name, team in teams.items()}


def loads(everybody: list[str], teams: dict[str, list[str]]) -> dict[str, int]:
    """Return at how many objects each inspector is."""
    counted = dict.fromkeys(everybody, 0)
    for who in itertools.chain.from_iterable(teams.values()):
        counted[who] += 1
    return counted


def next_chain(
    load: dict[str, int], free: dict[str, list[str]], teams: dict[str, list[str]]
) -> list[tuple[str, str, str]]:
    """Return the steps (object, who leaves, who comes) of the first chain to somebody with two less."""
    for giver in sorted(load, key=lambda who: (-load[who], who)):
        if load[giver] - min(load.values()) <= 1:
            break
        paths: dict[str, list[tuple[str, str, str]]] = {giver: []}
        for before in (queue := [giver]):  # it grows while it is walked
            for name, team in teams.items():
                if before not in team:
                    continue
                for after in free[name]:
                    if after in team or after in paths:
                        continue
                    paths[after] = [*paths[before], (name, before, after)]
                    if load[giver] - load[after] >= 2:
                        return paths[after]
                    queue.append(after)
    return []


def check_record(record: Json, announced: str = "") -> int:
    """Make the draw again and return how many were drawn; raise DrawDiffersError at a difference."""
    register, result = record["register"], record["result"]
    if (record["format"], record["version"]) != ("shuiheng.draw", 1):
        raise DrawDiffersError("no_record", record["format"])
    for name in ("objects", "items"):
        if len({each["id"] for each in register[name]}) != len(register[name]):
            raise DrawDiffersError("twice", name)
    if hashed(register) != record["commitment"]:
        raise DrawDiffersError("commitment")
    if announced and record["commitment"] != announced:
        raise DrawDiffersError("announced")
    for name, value in record["input_hashes"].items():
        if hashed(register[name]) != value:
            raise DrawDiffersError("input", name)
    seed = check_seed(record)
    if record["seed_value"] != seed:
        raise DrawDiffersError("seed_value")
    check_result(register, result, seed)
    if hashed(result) != record["result_hash"]:
        raise DrawDiffersError("result")
    return len(result["drawn"])


def check_result(register: Json, result: Json, seed: str) -> None:
    """Hold what came out against what must come out."""
    objects = in_the_draw(register)
    if result["left_out"] != sorted({each["id"] for each in register["objects"]} - objects.keys()):
        raise DrawDiffersError("left_out")
    chances, chosen = select(register, objects, seed)
    for name in sorted(chances.keys() | result["chances"].keys()):
        if str(chances.get(name)) != result["chances"].get(name):
            raise DrawDiffersError("chances", name)
    if len(chosen) != register["size"]:
        raise DrawDiffersError("size", len(chosen))
    if [each["id"] for each in result["drawn"]] != chosen:
        raise DrawDiffersError("drawn", ", ".join(chosen))
    teams = assign(register, chosen, seed)
    for each in result["drawn"]:
        if each["inspectors"] != teams[each["id"]] or len(teams[each["id"]]) != register["rules"]["team"]:
            raise DrawDiffersError("inspectors", each["id"])
        if each["items"] != items_of(register, objects[each["id"]]):
            raise DrawDiffersError("items", each["id"])
    if any(each.keys() != {"id", "inspectors", "items"} for each in result["drawn"]):
        raise DrawDiffersError("result")
    if result.keys() != {"left_out", "chances", "drawn"}:
        raise DrawDiffersError("result")


def items_of(register: Json, subject: Json) -> list[str]:
    """Return what is looked at in an object."""
    group = subject["group"]
    return [item["id"] for item in register["items"] if group in (item["groups"] or [group])]


def no_key_twice(pairs: list[tuple[str, Any]]) -> Json:
    """Return an object of the file; a key that stands twice could show a reader something else."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def chance_told(record: Json) -> str:
    """Return where chance came from, so that whoever runs this can look there."""
    plan, seed = record["register"]["seed_plan"], record["seed"]
    if plan["kind"] == "public_number":
        return f"{plan['what']}: {seed['digits']} ({seed['source']}, {seed['read_on']})"
    return "; ".join(f"{each['person']}: {each['number']}" for each in seed["opened"])


def main(words: list[str] | None = None) -> int:
    """Check the record named on the command line and return the exit code."""
    parser = argparse.ArgumentParser(description="Make a random inspection draw again from its record.")
    parser.add_argument("record", metavar="RECORD")
    parser.add_argument(
        "--commitment", default="", metavar="VALUE", help="what was announced before the draw"
    )
    chosen = parser.parse_args(words)
    try:
        record = json.loads(Path(chosen.record).read_text("utf-8"), object_pairs_hook=no_key_twice)
        count, told = check_record(record, chosen.commitment.strip().lower()), chance_told(record)
    except DrawDiffersError as fault:
        print(fault)
        return 2 if fault.word == "no_record" else 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        print(SAYS["no_record"].format(what=f"{type(error).__name__}: {error}"))
        return 2
    print(f"抽查结果可以复算：抽中 {count} 个 / the draw follows from its inputs: {count} objects drawn")
    print(f"随机数 / chance: {told}")
    print(f"承诺值 / commitment: {record['commitment']} ({record['committed_on']})")
    return 0


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console that cannot show Chinese
    sys.exit(main())
