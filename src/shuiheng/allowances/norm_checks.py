"""What is wrong with norms that come new beside those that a place has (定额校核)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from shuiheng.allowances.norm_choice import Wanted, choose_norm, norm_findings
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.kernel.finding import Finding


def check_new_norms(
    new: Sequence[UseNorm], others: Iterable[UseNorm], *, area: str, today: date
) -> tuple[tuple[UseNorm, Finding], ...]:
    """Return each new norm that is looser than one above, or makes one below looser, with the finding.

    Looked at on the first day of the norm and, where that is past, today. Norms that count different things
    are told too, as nobody knows which of them is stricter.

    Args:
        new: The norms that come.
        others: Those that the place has.
        area: Code of the place that is nearest to the users.
        today: The day.

    Source:
        cn-reg-776, article 11: local norms may be stricter than those above, not looser.
    """
    fellows: dict[tuple[str, str], list[UseNorm]] = defaultdict(list)
    for norm in (*others, *new):
        fellows[norm.product, norm.condition].append(norm)
    return tuple(
        (norm, finding)
        for norm in new
        for finding in dict.fromkeys(_found(norm, fellows[norm.product, norm.condition], area, today))
    )


def _found(norm: UseNorm, fellows: Sequence[UseNorm], area: str, today: date) -> Iterator[Finding]:
    for on in sorted({norm.valid_from, max(norm.valid_from, today)}):
        wanted = Wanted(
            area=area, on=on, product=norm.product, condition=norm.condition, industry=norm.industry
        )
        chosen = choose_norm(fellows, wanted)
        if chosen is not None and norm in (chosen.norm, *chosen.looser, *chosen.incomparable):
            yield from norm_findings(chosen)
