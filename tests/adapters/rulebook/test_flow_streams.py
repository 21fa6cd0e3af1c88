"""The way of water loads with facts of volume; a fault is refused."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.flow_streams import FILE, flow_plan, read_flow


def test_every_node_is_on_a_way_from_a_source_to_an_end() -> None:
    plan = flow_plan()
    sources, targets = {stream.source for stream in plan.streams}, {stream.target for stream in plan.streams}
    assert sources | targets == set(plan.nodes)
    begins = {node.id for node in plan.nodes.values() if node.stage == "source"}
    assert begins <= sources - targets
    assert {node.id for node in plan.nodes.values() if node.stage == "end"} <= targets - sources


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("facts: [surface_use]", "facts: []"),
        ("facts: [surface_use]", "facts: [households]"),
        ("{from: surface,", "{from: moon,"),
        ("{from: sewage, to: treated,", "{from: sewage, to: intake,"),
        ("{id: ground,", "{id: surface,"),
    ],
)
def test_a_fault_is_refused_with_its_file(tmp_path: Path, old: str, new: str) -> None:
    copytree(str(rulebook_folder()), tmp_path / "rulebook")
    file = tmp_path / "rulebook" / FILE
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RulebookError, match="flow"):
        read_flow(tmp_path / "rulebook")
