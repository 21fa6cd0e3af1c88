"""The words by which targets are linked: read strictly, and each finds its own kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.adapters.rulebook.target_links import read_target_links, target_links
from shuiheng.kernel import Span
from shuiheng.plans.model import Operator, Target, TargetKind
from shuiheng.programmes.target_link import LinkGap, TargetLink, link_target

GOOD = """
units: {km: [km, 米], m3: [m3], m3_day: [m3, m3/日]}
families: {carriers: {words: [节水载体], kinds: [saving_school]}}
last: [policy_document]
outside: {energy: {zh: 能源, en: energy, words: [能耗]}}
gaps:
  outside: {zh: "属于{what}", en: "belongs to {what}"}
  unit: {zh: "{what}", en: "{what}"}
  unknown: {zh: 无, en: none}
checked: {day: null, by: null}
"""


def written(folder: Path, text: str) -> Path:
    (folder / "words").mkdir()
    (folder / "words" / "target_links.yaml").write_text(text, "utf-8")
    return folder


def test_units_families_and_fields_are_read(tmp_path: Path) -> None:
    links = read_target_links(written(tmp_path, GOOD))
    servers = {server.id: server for server in links.linking.servers}
    assert links.linking.units["m3"] == ("m3", "m3_day")
    assert "节水载体" in servers["saving_school"].wordings[-1].words
    assert [server.id for server in links.linking.servers if server.is_general] == ["policy_document"]
    assert links.outside["energy"] == {"zh": "能源", "en": "energy"}


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("km:", "ells:", "no unit `ells`"),
        ("[saving_school]", "[saving_castle]", "no kind `saving_castle`"),
        ("[policy_document]", "[poetry]", "no kind `poetry`"),
        ("words: [能耗]", "words: []", "no words"),
        ("last:", "latest:", "latest"),
        ("unknown:", "unheard:", "each reason has a sentence"),
    ],
)
def test_a_file_that_breaks_its_form_is_refused(tmp_path: Path, good: str, bad: str, said: str) -> None:
    with pytest.raises(RulebookError, match=said):
        read_target_links(written(tmp_path, GOOD.replace(good, bad)))


@pytest.mark.parametrize(
    ("gap", "words", "said"),
    [
        (
            LinkGap.OUTSIDE,
            "energy",
            "belongs to energy and carbon, which no programme of water saving counts",
        ),
        (LinkGap.UNIT, "retrofit", "Water-saving retrofit is not counted in this unit"),
    ],
)
def test_a_reason_names_the_field_or_the_kind(gap: LinkGap, words: str, said: str) -> None:
    assert target_links().reason(TargetLink(target="T01", gap=gap, gap_words=words), "en") == said


def test_a_linked_target_has_no_reason() -> None:
    assert target_links().reason(TargetLink(target="T01"), "en") == ""


def test_every_word_of_a_kind_finds_that_kind() -> None:
    linking, lost = target_links().linking, []
    for kind in shipped_programmes().values():
        told = [(kind.names["zh"], ()), *((word, each.units) for each in kind.serves for word in each.words)]
        for word, units in told:
            asked = Target(
                id="T01",
                task=None,
                quote=word,
                span=Span(0, 1),
                metric=word,
                kind=TargetKind.COUNT if units else TargetKind.MILESTONE,
                op=Operator.EQUAL,
                unit=units[0] if units else None,
            )
            if kind.id not in {each.kind for each in link_target(asked, linking).programmes}:
                lost.append((kind.id, word))
    assert lost == []
