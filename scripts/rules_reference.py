"""The page of all values of the rulebook, and the rulebook's README with their counts."""

from __future__ import annotations

from collections import Counter

from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.places import shipped_places
from shuiheng.adapters.rulebook.rule_words import RuleWords, rule_words
from shuiheng.adapters.rulebook.sources import shipped_sources
from shuiheng.adapters.rulebook.use_norms import shipped_use_norms
from shuiheng.rules.parameter import DatedValue, Mark, Parameter

HEAD = "<!-- written by scripts/make_reference.py; do not edit -->\n"
README = """# The rulebook

Everything that comes from a law, a standard, a tariff or a setting, as YAML. No number of law stands in
Python.

| folder | what |
| --- | --- |
| `sources/` | laws, standards and notices with issuer, number, days and the hash of the text that was read |
| `parameters/<place>/<topic>/<name>.yaml` | dated values; the nation (`cn`) declares a rule for all places |
| `norms/` | use norms, the rows of one standard in a file |
| `programmes/` | kinds of programmes: steps, criteria, counts and the words by which plans name them |
| `cases/<room>/` | worked cases with their results |
| `words/` | words of rules, steps and units in Chinese and English |
| `places.yaml` | codes and names of the places |

The forms are told at the loaders in `adapters/rulebook/`. `shuiheng rule list`, `show`, `diff` and `check`
look into the values; `docs/reference/rules.md` lists them all.

A value is marked `found` when it was read in the article that it cites (a test finds the printed figures
there and the value in the figures), `known` when it comes from general knowledge or second hand, `default`
when it is a setting of this program. Only a value that was found **and** checked by a person binds. Until an
officer of the city has held a shipped value against its source, every amount that rests on it is a trial
calculation.

| | values | without check |
| --- | ---: | ---: |
{rows}

{rules} rules, {places} places, {sources} sources ({texts} with a text that was read),
{norms} rows of use norms ({norms_unchecked} without check).
"""


def rules_page() -> str:
    """Return the page of all rules with their values, and those that nobody has checked."""
    book, words = shipped_rulebook(), rule_words("zh")
    lines = [
        HEAD,
        "# Rules\n",
        "Every value that the program ships, with its source and how well it is known. A value binds only "
        "when it was found in its source and checked by a person.\n",
    ]
    for topic in dict.fromkeys([*words.topics, *(rule.split("/")[0] for rule in book)]):
        rules = [book[rule] for rule in book if rule.startswith(f"{topic}/")]
        if rules:
            lines += [
                f"## {words.topics.get(topic, topic)} `{topic}`\n",
                *(_rule(rule, words) for rule in rules),
            ]
    lines += ["## Without check\n", *_unchecked(words)]
    return "\n".join(lines) + "\n"


def readme_page() -> str:
    """Return the README of the rulebook with its counts."""
    book, norms = shipped_rulebook(), shipped_use_norms()
    values = [value for rule in book.values() for value in rule.values]
    held = Counter(value.mark for value in values)
    without = Counter(value.mark for value in values if value.check is None)
    rows = [f"| {mark.value} | {held[mark]} | {without[mark]} |" for mark in Mark]
    rows.append(f"| all | {len(values)} | {without.total()} |")
    sources = shipped_sources().values()
    return (
        HEAD
        + "\n"
        + README.format(
            rows="\n".join(rows),
            rules=len(book),
            places=len({value.area for value in values}),
            sources=len(sources),
            texts=sum(source.text_hash is not None for source in sources),
            norms=len(norms),
            norms_unchecked=sum(norm.check is None for norm in norms),
        )
    )


def _rule(rule: Parameter, words: RuleWords) -> str:
    lines = [f"### `{rule.id}` {rule.names['zh']} / {rule.names['en']}\n"]
    if not rule.values:
        return "\n".join([*lines, "No value is shipped; a city proposes its own.\n"])
    lines += [
        "| place | from | value | source | printed | known | check |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for value in sorted(rule.values, key=lambda each: (each.area, each.valid_from, each.recorded_on)):
        lines.append(_row(rule, value, words))
    return "\n".join([*lines, ""])


def _row(rule: Parameter, value: DatedValue, words: RuleWords) -> str:
    until = f" – {value.valid_to}" if value.valid_to else ""
    check = f"{value.check.by} {value.check.on}" if value.check else "—"
    cells = (
        _place(value.area),
        f"{value.valid_from}{until}",
        _told(rule, value, words),
        f"`{value.source}` {value.clause}",
        "、".join(value.printed),
        value.mark.value,
        check,
    )
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _told(rule: Parameter, value: DatedValue, words: RuleWords) -> str:
    """Return a value on one line, as its parts are told one under the other elsewhere."""
    parts = []
    for _, name, text in words.lines(value.value, unit=rule.unit, fields=rule.fields):
        if name.isdigit():
            parts.append(f"{name})")
        elif text:
            parts.append(f"{name} {text};".strip())
        else:
            parts.append(f"{name}:")
    return " ".join(parts).rstrip(";")


def _place(area: str) -> str:
    names = shipped_places().get(area)
    return f"{names['zh']} {area}".strip() if names else area


def _unchecked(words: RuleWords) -> list[str]:
    lines = []
    for mark in Mark:
        values = [
            value
            for rule in shipped_rulebook().values()
            for value in rule.values
            if value.check is None and value.mark is mark
        ]
        lines.append(f"**{words.marks[mark.value]}** (`{mark.value}`): {len(values)}\n")
        lines += [f"- `{each.rule}` {_place(each.area)} {each.valid_from}" for each in values]
        lines.append("")
    return lines
