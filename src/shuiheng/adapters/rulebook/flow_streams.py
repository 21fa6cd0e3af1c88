"""Which facts tell how water goes from its sources to where it goes (水流向): `indicators/flow.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import id_of, one_of
from shuiheng.indicators.errors import FlowCycleError
from shuiheng.indicators.flow import Stream, water_flow

FILE = "indicators/flow.yaml"
UNIT = "wan_m3"
STAGES = ("source", "intake", "supply", "use", "sector", "used", "drain", "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowNode:
    """A place on the way of water.

    Args:
        id: Its id.
        names: Its name in `zh` and `en`.
        stage: How far along the way it stands.
    """

    id: str
    names: Mapping[str, str]
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowPlan:
    """All nodes, and the streams between them without volumes."""

    nodes: Mapping[str, FlowNode]
    streams: tuple[Stream, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Return the facts that are asked for, each once."""
        return tuple(dict.fromkeys(fact for stream in self.streams for fact in stream.facts))


@cache
def flow_plan() -> FlowPlan:
    """Return the way of water that the program ships.

    Raises:
        RulebookError: The file breaks a rule, or names what does not exist.
    """
    return read_flow(rulebook_folder())


def read_flow(folder: Traversable) -> FlowPlan:
    """Return the way of water below a folder.

    Raises:
        RulebookError: The file breaks a rule, or names what does not exist.
    """
    file = read_file(folder, FILE)
    file.only("nodes", "streams", "checked")
    check_checked(file)
    known = {name for name, kind in indicator_book().facts.items() if kind.unit.id == UNIT}
    nodes: dict[str, FlowNode] = {}
    for entry in file.each("nodes"):
        entry.only("id", "zh", "en", "stage")
        name = id_of(entry)
        if name in nodes:
            raise entry.refuse(f"`{name}` stands twice", "Give each its own id.")
        names = {language: entry.take(language, str) for language in ("zh", "en")}
        nodes[name] = FlowNode(id=name, names=names, stage=one_of(entry, "stage", STAGES))
    streams = []
    for entry in file.each("streams"):
        entry.only("from", "to", "facts")
        facts = entry.words("facts")
        if not facts or not known.issuperset(facts):
            raise entry.at("facts").refuse(f"no facts, or some not in `{UNIT}`", "Name facts of that unit.")
        ends = (one_of(entry, "from", nodes), one_of(entry, "to", nodes))
        streams.append(Stream(source=ends[0], target=ends[1], volume=None, facts=facts))
    try:
        water_flow(streams)
    except FlowCycleError as error:
        raise file.at("streams").refuse(str(error), "Take out a stream of the circle.") from error
    return FlowPlan(nodes=nodes, streams=tuple(streams))
