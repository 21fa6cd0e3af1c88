"""Rules and their values as pages show them: words, places, sources, marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.places import shipped_places
from shuiheng.adapters.rulebook.rule_words import RuleWords, rule_words
from shuiheng.adapters.rulebook.sources import read_sources
from shuiheng.adapters.rulebook.value_json import value_hash
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.in_force import InForce, Rulebook, areas_of, in_force
from shuiheng.rules.parameter import Asked, DatedValue, Mark, Parameter
from shuiheng.rules.source import Source
from shuiheng.rules.value_parts import value_differences
from shuiheng.services.rules.place_code import district_names
from shuiheng.services.rules.rulebook_now import area_of_city


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownValue:
    """A value with what stands beside it on a page.

    Args:
        value: The value.
        lines: Depth, name and words of each of its parts.
        place: Name of the place for which it was made.
        source: The source of the rulebook, or None when the document was described.
        digest: Hash by which it is checked.
        may_be_checked: Whether a person can hold it against its source.
        is_own: Whether it is of the city itself or of a place above it.
    """

    value: DatedValue
    lines: Sequence[tuple[int, str, str]]
    place: str
    source: Source | None
    digest: str
    may_be_checked: bool
    is_own: bool

    @property
    def title(self) -> str:
        """Title of its source."""
        return f"《{self.source.title}》" if self.source is not None else self.value.source

    @property
    def words(self) -> str:
        """All its parts on one line."""
        return "；".join(" ".join(filter(None, (name, text))) for _depth, name, text in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule with what it says on a day, as a list shows it."""

    rule: Parameter
    name: str
    topic: str
    short: str
    held: ShownValue | None
    looser: Sequence[ShownValue]
    is_local: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Rules of one topic: those that say something on the day, and those that say nothing."""

    topic: str
    word: str
    held: Sequence[RuleLine]
    unsaid: Sequence[RuleLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDifference:
    """A part in which two values differ, in words."""

    name: str
    old: str
    new: str


def language() -> str:
    """Return the language in which the page is shown, as the rulebook names it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def words_now() -> RuleWords:
    """Return the words of rules in the language of the page."""
    return rule_words(language())


def rule_name(rule: Parameter) -> str:
    """Return the name of a rule."""
    return rule.names[language()]


@cache
def known_sources() -> Mapping[str, Source]:
    """Return the sources of the rulebook by id."""
    return {source.id: source for source in read_sources(rulebook_folder())}


def place_name(area: str, city: Place) -> str:
    """Return the name of the place of a value, or its code where nobody knows the name."""
    if area and area == area_of_city(city):
        return city.name
    names = shipped_places().get(area)
    if names is not None:
        return names[language()]
    return district_names(city).get(area, area)


def shown_value(rule: Parameter, value: DatedValue, city: Place) -> ShownValue:
    """Return a value with its words."""
    own = area_of_city(city)
    return ShownValue(
        value=value,
        lines=_joined(words_now().lines(value.value, unit=rule.unit, fields=rule.fields)),
        place=place_name(value.area, city),
        source=known_sources().get(value.source),
        digest=value_hash(value),
        may_be_checked=value.mark is Mark.FOUND and value.check is None and value.withdrawn_on is None,
        is_own=value.area in areas_of(own) or (bool(own) and value.area.startswith(own)),
    )


def held_on(rule: Parameter, city: Place, on: date, known_on: date | None = None) -> InForce | None:
    """Return what a rule says in a city on a day, or None when it says nothing."""
    try:
        return in_force(rule, Asked(area=area_of_city(city), on=on, known_on=known_on))
    except NotInForceError:
        return None


def rule_lines(book: Rulebook, city: Place, on: date) -> list[RuleLine]:
    """Return every rule with what it says in a city on a day, by topic."""
    words, lines = words_now(), []
    for rule in book.values():
        held = held_on(rule, city, on)
        topic, _sep, short = rule.id.partition("/")
        lines.append(
            RuleLine(
                rule=rule,
                name=rule_name(rule),
                topic=topic,
                short=short,
                held=None if held is None else shown_value(rule, held.value, city),
                looser=[] if held is None else [shown_value(rule, each, city) for each in held.looser],
                is_local=held is not None and bool(held.value.area) and held.value.area == area_of_city(city),
            )
        )
    order = {topic: at for at, topic in enumerate(words.topics)}
    return sorted(lines, key=lambda line: (order.get(line.topic, len(order)), line.short))


def differences(rule: Parameter, old: DatedValue | None, new: DatedValue | None) -> Sequence[ShownDifference]:
    """Return in which parts two values differ, in words; a value that is not there differs in nothing."""
    if old is None or new is None:
        return []
    words, found = words_now(), []
    for each in value_differences(old.value, new.value):
        name = " / ".join(_part_name(part, words) for part in each.path) or rule_name(rule)
        unit = next((rule.fields[part] for part in reversed(each.path) if part in rule.fields), rule.unit)
        before, after = ("—" if part is None else words.part(part, unit) for part in (each.old, each.new))
        found.append(ShownDifference(name=name, old=before, new=after))
    return found


def matches(line: RuleLine, wanted: str) -> bool:
    """Return whether every word that is looked for stands in name, id, value or source of a rule."""
    held = line.held
    said = [line.name, line.rule.id, *line.rule.names.values()]
    if held is not None:
        said += [held.words, held.title, held.value.clause, held.place]
    return has_words(said, wanted)


def has_words(said: Iterable[str], wanted: str) -> bool:
    """Return whether every word that is looked for stands in what is said."""
    text = " ".join(said).casefold()
    return all(word in text for word in wanted.casefold().split())


def by_topic(lines: Iterable[RuleLine]) -> list[Topic]:
    """Return rules grouped by topic, those without a value apart."""
    groups: dict[str, list[RuleLine]] = {}
    for line in lines:
        groups.setdefault(line.topic, []).append(line)
    topics = words_now().topics
    return [
        Topic(
            topic=topic,
            word=topics.get(topic, topic),
            held=[line for line in found if line.held is not None],
            unsaid=[line for line in found if line.held is None],
        )
        for topic, found in groups.items()
    ]


def _joined(lines: Iterable[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Return the lines of a value with each item of a list on one line: `1. 至 10%，倍数 1 倍`."""
    found: list[tuple[int, str, str]] = []
    item: int | None = None
    for depth, name, text in lines:
        if item is not None and depth > item:
            where, head, said = found[-1]
            part = " ".join(filter(None, (name, text)))
            found[-1] = (where, head, f"{said}，{part}" if said else part)
            continue
        item = depth if name.isdecimal() and not text else None
        found.append((depth, f"{name}." if item is not None else name, text))
    return found


def _part_name(part: str, words: RuleWords) -> str:
    return _("第%(n)s项") % {"n": part} if part.isdecimal() else words.field(part)
