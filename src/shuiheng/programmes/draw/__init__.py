"""Random inspections 双随机一公开: who is inspected, and by whom, drawn so that anyone can draw it again.

In: registers of objects, inspectors and items as of a day, rules of the rulebook, a seed that nobody
could know when the commitment to the register was published. Out: the objects with their exact chances,
a team for each that breaks no recusal, and a record. `verify` is a program of its own that makes the
draw again from the record and imports nothing of this package.
"""

from shuiheng.programmes.draw.checks import check_register
from shuiheng.programmes.draw.errors import DrawError, SeedDiffersError, UnfitRegisterError
from shuiheng.programmes.draw.making import commit, draw, draw_json
from shuiheng.programmes.draw.model import (
    Draw,
    DrawItem,
    DrawnObject,
    DrawObject,
    DrawRules,
    OpenedNumber,
    PublicNumber,
    PublicNumberPlan,
    Recusal,
    Register,
    SealedNumbersPlan,
)
from shuiheng.programmes.draw.rules import draw_rules_of, size_of
from shuiheng.programmes.draw.seed import seal_of

__all__ = [
    "Draw",
    "DrawError",
    "DrawItem",
    "DrawObject",
    "DrawRules",
    "DrawnObject",
    "OpenedNumber",
    "PublicNumber",
    "PublicNumberPlan",
    "Recusal",
    "Register",
    "SealedNumbersPlan",
    "SeedDiffersError",
    "UnfitRegisterError",
    "check_register",
    "commit",
    "draw",
    "draw_json",
    "draw_rules_of",
    "seal_of",
    "size_of",
]
