"""The README of the rulebook says how many values there are and how many nobody has checked."""

from __future__ import annotations

import re
from collections import Counter

from places import PACKAGE
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.use_norms import shipped_use_norms

README = (PACKAGE / "rulebook" / "README.md").read_text("utf-8")


def test_the_counts_of_the_readme_are_those_of_the_values() -> None:
    values = [value for rule in shipped_rulebook().values() for value in rule.values]
    told = {
        mark: (int(all_of), int(open_))
        for mark, all_of, open_ in re.findall(r"\| (\w+) \| (\d+) \| (\d+) \|", README)
    }
    marks = Counter(value.mark.value for value in values)
    without = Counter(value.mark.value for value in values if value.check is None)
    wanted = {mark: (marks[mark], without[mark]) for mark in ("found", "known", "default")}
    assert told == wanted | {"all": (len(values), without.total())}
    assert f"{len(shipped_rulebook())} rules, " in README
    assert f"{len(shipped_use_norms())} rows of use norms" in README
