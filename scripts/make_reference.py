"""Write docs/reference/ from the rulebook and the command line; `--check` only says what is out of date."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from facts_reference import facts_page
from programmes_reference import programmes_page
from rules_reference import HEAD, readme_page, rules_page
from target_links_reference import demo_links_page, real_links_page

from shuiheng.adapters.rulebook import finding_texts, load_knowledge
from shuiheng.cli.main import command_parser
from shuiheng.plans import IndicatorTerm

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path("docs") / "reference"
REAL_PLANS = ROOT.parent / "shared" / "plans"


def findings_page() -> str:
    """Return the page of all finding and error codes."""
    chinese, english = finding_texts("zh"), finding_texts("en")
    lines = [
        HEAD,
        "# Findings and errors\n",
        "Each code with its sentence and its remedy. Blanks stand in braces.\n",
        "| code | 中文 | English |",
        "| --- | --- | --- |",
    ]
    for code in sorted(chinese):
        zh, en = chinese[code], english[code]
        lines.append(f"| `{code}` | {zh.says} {zh.remedy} | {en.says} {en.remedy} |".replace("\n", " "))
    return "\n".join(lines) + "\n"


def indicators_page() -> str:
    """Return the page of all indicators that metrics are linked to."""
    lines = [
        HEAD,
        "# Indicators\n",
        "Names that plans give an indicator, its unit, which way is good, and the facts that it needs.\n",
        "| id | 名称 | also | unit | better | base year | facts |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_indicator_row(term) for term in load_knowledge().indicators]
    return "\n".join(lines) + "\n"


def _indicator_row(term: IndicatorTerm) -> str:
    cells = (
        f"`{term.id}`",
        term.name,
        "、".join(term.aliases),
        term.unit or "",
        term.better or "",
        "yes" if term.has_base_year else "",
        ", ".join(term.facts),
    )
    return "| " + " | ".join(cells) + " |"


def commands_page() -> str:
    """Return the page of all commands with their options."""
    lines = [HEAD, "# Commands\n"]
    for name, says, parser in _verbs(command_parser(), "shuiheng", ""):
        rows = [_option_row(action) for action in parser._actions if action.dest != "help"]
        lines += [f"## `{name}`\n", f"{says}.\n"]
        lines += ["| word | meaning |", "| --- | --- |", *rows, ""] if rows else []
    return "\n".join(lines)


def _verbs(
    parser: argparse.ArgumentParser, name: str, says: str
) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not inner:
        yield name, says, parser
    for action in inner:
        helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for word, child in action.choices.items():
            yield from _verbs(child, f"{name} {word}", helps.get(word, ""))


def _option_row(action: argparse.Action) -> str:
    name = ", ".join(action.option_strings) or str(action.metavar or action.dest).upper()
    choices = f" ({', '.join(map(str, action.choices))})" if action.choices else ""
    return f"| `{name}` | {(action.help or '').replace('|', '/')}{choices} |"


PAGES = {
    FOLDER / "findings.md": findings_page,
    FOLDER / "indicators.md": indicators_page,
    FOLDER / "commands.md": commands_page,
    FOLDER / "rules.md": rules_page,
    FOLDER / "facts.md": lambda: facts_page(HEAD),
    FOLDER / "programmes.md": lambda: programmes_page(HEAD),
    FOLDER / "target-links.md": lambda: demo_links_page(HEAD, ROOT),
    Path("src/shuiheng/rulebook/README.md"): readme_page,
}


def main() -> int:
    """Write the pages, or with `--check` return 1 when one is out of date."""
    stale = []
    if REAL_PLANS.is_dir():
        PAGES[FOLDER / "target-links-of-five-plans.md"] = lambda: real_links_page(HEAD, REAL_PLANS)
    for place, page in PAGES.items():
        path = ROOT / place
        text = page()
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(place.name)
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
    if stale:
        print("out of date:" if "--check" in sys.argv else "written:", ", ".join(stale))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
