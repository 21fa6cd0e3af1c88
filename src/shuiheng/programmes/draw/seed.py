"""Chance for a draw: a number that others publish later, or numbers that persons sealed before.

Nobody who makes the register can know either. The seed is hashed together with the commitment, so
the same number gives another draw for another register.
"""

from __future__ import annotations

import re

from shuiheng.audit.model import Json
from shuiheng.programmes.draw.chance import digest_of
from shuiheng.programmes.draw.errors import SeedDiffersError
from shuiheng.programmes.draw.model import (
    OpenedNumber,
    PublicNumber,
    PublicNumberPlan,
    SealedNumbersPlan,
    Seed,
    SeedPlan,
)

DIGITS = re.compile(r"[0-9]+")
SALT = re.compile(r"[0-9a-f]{32,128}")  # 128 bits and more cannot be guessed


def seal_of(opened: OpenedNumber, *, draw: str) -> str:
    """Return the seal by which a person fixes a number for a draw without showing it (密封值).

    Raises:
        SeedDiffersError: The number has no digits, or the salt is too short.
    """
    if DIGITS.fullmatch(opened.number) is None:
        raise SeedDiffersError(f"the number of {opened.person} has other signs than digits. Give digits.")
    if SALT.fullmatch(opened.salt) is None:
        raise SeedDiffersError(
            f"the salt of {opened.person} is no 32 to 128 hexadecimal digits. Have the program make it."
        )
    return digest_of("shuiheng.draw-seal", draw, opened.person, opened.number, opened.salt)


def seed_value(commitment: str, plan: SeedPlan, seed: Seed, *, draw: str) -> str:
    """Return the seed from which all chance of a draw follows (种子).

    Args:
        commitment: Hash of the register.
        plan: Where the register says that chance comes from.
        seed: What came.
        draw: Number of the draw.

    Raises:
        SeedDiffersError: What came is not what the plan says.
    """
    if isinstance(plan, PublicNumberPlan):
        return digest_of("shuiheng.draw-seed", commitment, _public_digits(plan, seed))
    opened = _opened_numbers(plan, seed, draw)
    words = [word for each in opened for word in (each.person, each.number, each.salt)]
    return digest_of("shuiheng.draw-seed", commitment, *words)


def seed_json(seed: Seed) -> dict[str, Json]:
    """Return what chance gave as plain JSON."""
    if isinstance(seed, PublicNumber):
        return {"digits": seed.digits, "source": seed.source, "read_on": seed.read_on.isoformat()}
    ordered = sorted(seed, key=lambda each: each.person)
    return {"opened": [{"person": each.person, "number": each.number, "salt": each.salt} for each in ordered]}


def _public_digits(plan: PublicNumberPlan, seed: Seed) -> str:
    if not isinstance(seed, PublicNumber):
        raise SeedDiffersError(f"the register waits for a public number: {plan.what}. Enter it.")
    if DIGITS.fullmatch(seed.digits) is None or len(seed.digits) != plan.digits:
        raise SeedDiffersError(
            f"{seed.digits!r} are not the {plan.digits} digits that the register announced: {plan.what}."
        )
    if seed.read_on < plan.known_on:
        raise SeedDiffersError(
            f"the number is known from {plan.known_on} on, and was read on {seed.read_on}. Check the day."
        )
    return seed.digits


def _opened_numbers(plan: SealedNumbersPlan, seed: Seed, draw: str) -> list[OpenedNumber]:
    if isinstance(seed, PublicNumber):
        raise SeedDiffersError("the register waits for sealed numbers. Have each person open theirs.")
    opened, sealed = sorted(seed, key=lambda each: each.person), dict(plan.seals)
    if [each.person for each in opened] != sorted(sealed):
        raise SeedDiffersError(
            f"all of {', '.join(sorted(sealed))} have to open their numbers, each once; "
            "if one cannot, close this draw and commit to a new one."
        )
    for each in opened:
        if seal_of(each, draw=draw) != sealed[each.person]:
            raise SeedDiffersError(
                f"what {each.person} opened is not what was sealed. Enter the number and salt as sealed."
            )
    return opened
