"""What can be wrong with a call that concerns a draw."""

from __future__ import annotations

from shuiheng.kernel.finding import Finding


class DrawError(ValueError):
    """A draw that cannot be made; `code` names the cause."""

    code = "programmes.draw_error"


class UnfitRegisterError(DrawError):
    """Nothing can be drawn from a register as it is.

    Args:
        findings: All that is wrong with it, each with its object and what to do.
    """

    code = "programmes.draw_unfit_register"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        told = "; ".join(f"{each.code} {each.subject} {each.evidence}".rstrip() for each in findings)
        super().__init__(f"{self.code}: {told}. Mend the register, then commit to it.")
        self.findings = findings


class SeedDiffersError(DrawError):
    """What is given as chance is not what the register committed to.

    Args:
        fault: What differs, and what would be right.
    """

    code = "programmes.draw_seed_differs"

    def __init__(self, fault: str) -> None:
        super().__init__(f"{self.code}: {fault}")
        self.fault = fault
