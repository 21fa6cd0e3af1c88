"""What is wrong with a value of a rule, in a sentence with its remedy."""

from __future__ import annotations

from shuiheng.adapters.records.models import Place
from shuiheng.kernel.finding import Finding
from shuiheng.rules.parameter import Parameter
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.web.pages.rules.shown import known_sources, language, place_name, rule_name, words_now

NATION = "CN"


def told(finding: Finding, rule: Parameter, city: Place) -> str:
    """Return a finding about a value: the rule, its places, its sources and its fields by their names."""
    said = {name: str(value) for name, value in finding.values} | {"rule": rule_name(rule)}
    for name in ("area", "upper"):
        said[name] = place_name("" if said[name] == NATION else said[name], city)
    for name in ("source", "upper_source"):
        known = known_sources().get(said[name])
        said[name] = f"《{known.title}》" if known is not None else said[name]
    if "names" in said:
        said["names"] = "、".join(words_now().field(name) for name in said["names"].split("、"))
    sentence = sentence_of(finding.code, said, language=language())
    return f"{sentence.says} {sentence.remedy}"
