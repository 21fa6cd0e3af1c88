"""The register of a draw as bytes that the order of its lists does not change, and the hash that fixes it."""

from __future__ import annotations

import hashlib

from shuiheng.audit.canonical import canonical_text, plain_json
from shuiheng.audit.model import Json
from shuiheng.programmes.draw.model import PublicNumberPlan, Register, SeedPlan

FORMAT = "shuiheng.draw-register"
VERSION = 1


def register_json(register: Register) -> dict[str, Json]:
    """Return a register as plain JSON, each list in order.

    Raises:
        NotCanonicalError: A text or number of it has no canonical form.
    """
    rules = register.rules
    fields: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "draw": register.id,
        "as_of": register.as_of,
        "size": register.size,
        "rules": {
            "team": rules.team,
            "weights": dict(rules.weights),
            "spared_after": rules.spared_after,
            "never_spared": sorted(rules.never_spared),
            "basis": sorted(list(each) for each in rules.basis),
        },
        "seed_plan": _seed_plan(register.seed_plan),
        "objects": [
            {"id": each.id, "group": each.group, "credit": each.credit, "checked_on": each.checked_on}
            for each in sorted(register.objects, key=lambda each: each.id)
        ],
        "inspectors": sorted(register.inspectors),
        "items": [
            {"id": each.id, "groups": sorted(each.groups)}
            for each in sorted(register.items, key=lambda each: each.id)
        ],
        "recusals": [[each.inspector, each.subject] for each in sorted(set(register.recusals))],
    }
    return {name: plain_json(value, place=name) for name, value in fields.items()}


def commitment_of(register: Register) -> str:
    """Return the SHA-256 of a register (承诺值), which is published before chance is known."""
    return hash_of(register_json(register))


def hash_of(value: Json) -> str:
    """Return the SHA-256 of the canonical bytes of plain JSON."""
    return hashlib.sha256(canonical_text(value).encode()).hexdigest()


def _seed_plan(plan: SeedPlan) -> dict[str, object]:
    if isinstance(plan, PublicNumberPlan):
        return {"kind": "public_number", "what": plan.what, "digits": plan.digits, "known_on": plan.known_on}
    seals = sorted(plan.seals)
    return {"kind": "sealed_numbers", "seals": [{"person": person, "seal": seal} for person, seal in seals]}
