"""A draw made from a register and its seed, and its record as JSON, from which anyone can make it again."""

from __future__ import annotations

from datetime import date
from typing import cast

from shuiheng.audit.model import Json
from shuiheng.programmes.draw.checks import check_register, drawable, free_inspectors, items_for
from shuiheng.programmes.draw.errors import SeedDiffersError, UnfitRegisterError
from shuiheng.programmes.draw.model import (
    Draw,
    DrawnObject,
    PublicNumber,
    PublicNumberPlan,
    Register,
    Seed,
)
from shuiheng.programmes.draw.register import commitment_of, hash_of, register_json
from shuiheng.programmes.draw.seed import seed_json, seed_value
from shuiheng.programmes.draw.selection import chances_of, drawn_objects, split_certain, whole_weights
from shuiheng.programmes.draw.teams import Wanted, teams_of

FORMAT = "shuiheng.draw"
VERSION = 1
INPUTS = ("objects", "inspectors", "items", "recusals", "rules", "seed_plan")


def commit(register: Register) -> str:
    """Return the commitment to a register from which a draw can be made, whatever chance gives (承诺值).

    Raises:
        UnfitRegisterError: Something keeps it from being drawn from.
    """
    if findings := check_register(register):
        raise UnfitRegisterError(findings)
    return commitment_of(register)


def draw(register: Register, seed: Seed) -> Draw:
    """Return the draw that follows from a register and what chance gave (双随机抽查).

    The order of the lists in the register does not matter.

    Raises:
        UnfitRegisterError: Something keeps the register from being drawn from.
        SeedDiffersError: The seed is not what the register committed to.
    """
    commitment = commit(register)
    value = seed_value(commitment, register.seed_plan, seed, draw=register.id)
    objects = {each.id: each for each in drawable(register)}
    weights = whole_weights(register.rules.weights)
    split = split_certain({name: weights[each.credit] for name, each in objects.items()}, register.size)
    chances, chosen, free = chances_of(split), drawn_objects(split, value), free_inspectors(register)
    wanted = Wanted(team=register.rules.team, may_go={name: free[name] for name in chosen})
    teams = teams_of(wanted, register.inspectors, value)
    return Draw(
        register=register,
        commitment=commitment,
        seed=seed,
        seed_value=value,
        left_out=tuple(sorted({each.id for each in register.objects} - objects.keys())),
        chances=chances,
        drawn=tuple(
            DrawnObject(
                id=name,
                chance=chances[name],
                inspectors=teams[name],
                items=items_for(objects[name], register.items),
            )
            for name in chosen
        ),
    )


def draw_json(made: Draw, *, committed_on: date, drawn_on: date) -> dict[str, Json]:
    """Return the record of a draw: what went in with its hashes, and what came out (抽查记录).

    It holds numbers and no names. `draw/verify.py` makes the draw again from it.

    Args:
        made: The draw.
        committed_on: When the commitment was published.
        drawn_on: When the draw was made.

    Raises:
        SeedDiffersError: The commitment was not published before chance was known.
    """
    _check_days(made, committed_on, drawn_on)
    register = register_json(made.register)
    result: dict[str, Json] = {
        "left_out": list(made.left_out),
        "chances": {name: str(chance) for name, chance in made.chances.items()},
        "drawn": [
            {"id": each.id, "inspectors": list(each.inspectors), "items": list(each.items)}
            for each in made.drawn
        ],
    }
    return {
        "format": FORMAT,
        "version": VERSION,
        "committed_on": committed_on.isoformat(),
        "drawn_on": drawn_on.isoformat(),
        "commitment": made.commitment,
        "input_hashes": cast(Json, {name: hash_of(register[name]) for name in INPUTS}),
        "register": register,
        "seed": seed_json(made.seed),
        "seed_value": made.seed_value,
        "result": result,
        "result_hash": hash_of(result),
    }


def _check_days(made: Draw, committed_on: date, drawn_on: date) -> None:
    days = [made.register.as_of, committed_on]
    if isinstance(made.seed, PublicNumber):
        if isinstance(plan := made.register.seed_plan, PublicNumberPlan) and committed_on >= plan.known_on:
            raise SeedDiffersError(
                f"the commitment of {committed_on} was not published before {plan.known_on}, when the number "
                "became known. Close this draw and commit to a new one."
            )
        days.append(made.seed.read_on)
    if [*days, drawn_on] != sorted([*days, drawn_on]):
        raise SeedDiffersError(
            f"register, commitment, number and draw do not follow each other: {', '.join(map(str, days))}, "
            f"{drawn_on}. Check the days."
        )
