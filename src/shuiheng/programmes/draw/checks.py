"""What keeps a register from being drawn from, found before it is committed to: a draw never fails later."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from shuiheng.kernel.finding import Finding, Severity
from shuiheng.programmes.draw.model import DrawItem, DrawObject, PublicNumberPlan, Register

LEAST_DIGITS = 6  # fewer can be tried out one by one
LEAST_PERSONS = 2  # one alone could choose the number


def check_register(register: Register) -> tuple[Finding, ...]:
    """Return all that keeps a register from being drawn from (名录库检查), each with its object."""
    found = [*_check_numbers(register), *_check_rules(register), *_check_seed_plan(register)]
    can_be_drawn = drawable(register)
    found += _check_objects(register, can_be_drawn)
    if not 0 < register.size <= len(can_be_drawn):
        counts = {"size": register.size, "left": len(can_be_drawn), "all": len(register.objects)}
        found.append(_finding("few_objects", register.id, **counts))
    return tuple(found)


def drawable(register: Register) -> tuple[DrawObject, ...]:
    """Return the objects that were not inspected recently (可抽取对象), in order of their numbers."""
    return tuple(
        each for each in sorted(register.objects, key=lambda each: each.id) if not _is_spared(each, register)
    )


def items_for(each: DrawObject, items: Iterable[DrawItem]) -> tuple[str, ...]:
    """Return what is looked at in an object, in order of numbers."""
    return tuple(sorted(item.id for item in items if not item.groups or each.group in item.groups))


def free_inspectors(register: Register) -> dict[str, frozenset[str]]:
    """Return who is not recused from each object that can be drawn."""
    barred: dict[str, set[str]] = {}
    for recusal in register.recusals:
        barred.setdefault(recusal.subject, set()).add(recusal.inspector)
    everybody = frozenset(register.inspectors)
    free = {name: everybody - those for name, those in barred.items()}
    return {each.id: free.get(each.id, everybody) for each in drawable(register)}


def _is_spared(each: DrawObject, register: Register) -> bool:
    after = register.rules.spared_after
    if after is None or each.checked_on is None or each.credit in register.rules.never_spared:
        return False
    return each.checked_on > after


def _check_numbers(register: Register) -> Iterator[Finding]:
    lists = {
        "objects": [each.id for each in register.objects],
        "inspectors": list(register.inspectors),
        "items": [each.id for each in register.items],
    }
    for name, numbers in lists.items():
        for number, count in sorted(Counter(numbers).items()):
            if count > 1:
                yield _finding("twice", number, list=name)
            if not number.strip() or unicodedata.normalize("NFC", number) != number:
                yield _finding("bad_number", number, list=name)
    objects, inspectors = set(lists["objects"]), set(lists["inspectors"])
    for each in sorted(set(register.recusals)):
        if each.inspector not in inspectors or each.subject not in objects:
            yield _finding("unknown_recusal", each.subject, inspector=each.inspector)


def _check_rules(register: Register) -> Iterator[Finding]:
    rules = register.rules
    for credit, weight in sorted(rules.weights.items()):
        if not weight.is_finite() or weight <= 0:
            yield _finding("bad_weight", credit, weight=weight)
    if rules.team < 1:
        yield _finding("no_team", register.id, team=rules.team)


def _check_seed_plan(register: Register) -> Iterator[Finding]:
    plan = register.seed_plan
    if isinstance(plan, PublicNumberPlan):
        if plan.known_on <= register.as_of:
            yield _finding("seed_known", register.id, known_on=plan.known_on, as_of=register.as_of)
        if plan.digits < LEAST_DIGITS:
            yield _finding("seed_short", register.id, digits=plan.digits, least=LEAST_DIGITS)
        return
    persons = [person for person, _seal in plan.seals]
    if len(set(persons)) < LEAST_PERSONS or len(persons) != len(set(persons)):
        yield _finding("seed_persons", register.id, persons=len(set(persons)), least=LEAST_PERSONS)


def _check_objects(register: Register, can_be_drawn: Iterable[DrawObject]) -> Iterator[Finding]:
    free, rules = free_inspectors(register), register.rules
    for each in can_be_drawn:
        if each.credit not in rules.weights:
            yield _finding("no_weight", each.id, credit=each.credit)
        if len(free[each.id]) < rules.team:
            yield _finding("few_inspectors", each.id, left=len(free[each.id]), team=rules.team)
        if not items_for(each, register.items):
            yield _finding("no_item", each.id, group=each.group)


def _finding(rule: str, subject: str, **values: object) -> Finding:
    told = tuple((name, str(value)) for name, value in values.items())
    return Finding(
        code=f"programmes.draw_{rule}",
        severity=Severity.DISQUALIFY,
        subject=subject,
        evidence=", ".join(f"{name} {value}" for name, value in told),
        values=(("subject", subject), *told),
    )
