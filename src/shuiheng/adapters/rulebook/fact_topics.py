"""Topics of facts (数据分类): in which order forms and pages show them, and which units usually have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources.abc import Traversable

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.indicator_definitions import read_indicators
from shuiheng.adapters.rulebook.places import both_names
from shuiheng.adapters.rulebook.sources import check_checked
from shuiheng.adapters.rulebook.strict_yaml import Entry, id_of

FILE, UNITS = "indicators/topics.yaml", "organisations.yaml"
COMPUTED = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTopic:
    """A topic of facts (数据分类).

    Args:
        id: Its id.
        names: Its name in `zh` and `en`.
        supplied_by: Kinds of units that usually have its facts, the first one first.
        facts: Ids of its facts in order.
    """

    id: str
    names: Mapping[str, str]
    supplied_by: tuple[str, ...]
    facts: tuple[str, ...]


@cache
def fact_topics() -> tuple[FactTopic, ...]:
    """Return the topics that the program ships, in order.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_topics(rulebook_folder())


def topic_of(fact: str) -> FactTopic:
    """Return the topic in which a fact stands.

    Raises:
        StopIteration: It is none that can be entered.
    """
    return next(topic for topic in fact_topics() if fact in topic.facts)


def read_topics(folder: Traversable) -> tuple[FactTopic, ...]:
    """Return the topics below a folder; the last one takes the facts that no topic names.

    Raises:
        RulebookError: A fact stands in two topics, or a topic names what does not exist.
    """
    file = read_file(folder, FILE)
    file.only("topics", "checked")
    check_checked(file)
    origins = read_indicators(folder).origins
    wanted = {fact for fact, origin in origins.items() if origin != COMPUTED}
    units = {entry.take("id", str) for entry in read_file(folder, UNITS).each("organisations")}
    topics: list[FactTopic] = []
    for entry in file.each("topics"):
        topic = _topic(entry, wanted=wanted, units=units)
        wanted -= set(topic.facts)
        topics.append(topic)
    rest = tuple(fact for fact in origins if fact in wanted)
    return (*topics[:-1], replace(topics[-1], facts=(*topics[-1].facts, *rest)))


def _topic(entry: Entry, *, wanted: set[str], units: set[str]) -> FactTopic:
    entry.only("id", "name", "supplied_by", "facts")
    facts, supplied_by = tuple(entry.words("facts")), tuple(entry.words("supplied_by"))
    strange = [*(set(facts) - wanted), *(set(supplied_by) - units)]
    if strange or len(set(facts)) != len(facts) or not supplied_by:
        raise entry.refuse(f"`{min(strange, default='')}` is unknown or stands twice", "Mend the topic.")
    return FactTopic(
        id=id_of(entry), names=both_names(entry.at("name")), supplied_by=supplied_by, facts=facts
    )
