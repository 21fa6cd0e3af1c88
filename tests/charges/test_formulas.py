"""What a derivation prints is what was done: each formula, redone by hand, gives the value beside it."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from charges.random_cases import printed_answers
from shuiheng.kernel.derivation import Derived, Step

SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-"})
NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
HALF_A_LITRE = Fraction(1, 2000)


def redone(formula: str) -> Fraction:
    """Return the value of a printed formula: numbers, + − × ÷, brackets, min and max."""
    exact = NUMBER.sub(r"'\g<0>'", formula.translate(SIGNS))  # as text: a float would lose digits
    return _value(ast.parse(exact, mode="eval").body)


def _value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return Fraction(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("min", "max"):
        return (min if node.func.id == "min" else max)(map(_value, node.args))
    assert isinstance(node, ast.BinOp), ast.dump(node)
    left, right = _value(node.left), _value(node.right)
    if isinstance(node.op, ast.Add):
        return left + right
    if isinstance(node.op, ast.Sub):
        return left - right
    return left * right if isinstance(node.op, ast.Mult) else left / right


def faults(derived: Derived) -> list[str]:
    """Return what is printed wrongly: a formula, a term that no step before it gave, a last step."""
    found = [] if derived.steps[-1].value == derived.value else ["the last step is not the amount"]
    before: dict[tuple[str, str], list[Step]] = {}
    for step in derived.steps:
        if not _holds(step):
            found.append(f"{step.name}: {step.formula} is not {step.value}")
        for term in step.terms:
            given = before.get((term.name, term.label), [])
            if given and not any(each.value == term.value for each in given) and not term.origin:
                found.append(f"{step.name}: {term.name} {term.label} is {term.value}")
        before.setdefault((step.name, step.label), []).append(step)
    return found


def _holds(step: Step) -> bool:
    exact, arrow, near = step.formula.partition(" → ")
    value = Fraction(step.value)
    if arrow:
        return Fraction(near) == value and abs(redone(exact) - value) <= Fraction(1, 2)
    if step.name == "volume_of_days":
        return abs(redone(exact) - value) <= HALF_A_LITRE
    return redone(exact) == value


def test_every_formula_gives_the_value_beside_it() -> None:
    wrong = [
        f"{name}: {fault}" for name, _, printed in printed_answers(11, 3000) for fault in faults(printed)
    ]
    assert wrong[:5] == []


@pytest.mark.parametrize(
    ("formula", "value"),
    [("max(0, 3 − 5)", "0"), ("min(4000, 0.3 × 10000) − 0.1 × 10000", "2000"), ("(17 + 2 × 5) × 2", "54"),
     ("-5 + 3 − 2.5", "-4.5"), ("1 × 1 ÷ 4", "0.25")],
)  # fmt: skip
def test_formulas_are_read_as_they_are_printed(formula: str, value: str) -> None:
    assert redone(formula) == Fraction(value)


def test_a_step_that_does_not_come_out_is_found() -> None:
    _, _, printed = next(iter(printed_answers(11, 1)))
    last = printed.steps[-1]
    wrong = replace(printed, steps=(*printed.steps[:-1], replace(last, value=last.value + 1)))
    assert len(faults(wrong)) == 2  # its formula, and the amount that it should be
