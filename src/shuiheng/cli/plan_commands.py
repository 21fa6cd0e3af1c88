"""`shuiheng plan …`: compile, lint, link, segment, diff and align plan files; no database is needed."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from shuiheng.adapters.documents import read_document
from shuiheng.adapters.rulebook import load_knowledge, load_upper_plan
from shuiheng.cli.comparison_printing import alignment_lines, difference_lines
from shuiheng.cli.link_printing import link_json, link_lines
from shuiheng.cli.plan_printing import lint_json, lint_lines, summary_lines
from shuiheng.kernel import Severity
from shuiheng.plans import Plan, SourceDocument
from shuiheng.plans.compare import align_plans, alignment_json, diff_plans, difference_json
from shuiheng.plans.compiler import compile_plan
from shuiheng.plans.document_json import document_json
from shuiheng.plans.plan_json import plan_json
from shuiheng.plans.plan_reading import loads
from shuiheng.services.errors import ServiceError

Nouns = Any  # argparse keeps the class of its subparsers private


def add_to(nouns: Nouns) -> None:
    """Add the noun `plan` and its verbs."""
    verbs = nouns.add_parser("plan", help="work on plan files").add_subparsers(
        title="verbs", metavar="VERB", required=True
    )
    _verb(verbs, "compile", compile_file, "print what a plan demands", files=["file"])
    lint = _verb(verbs, "lint", lint_file, "print what is wrong with a plan", files=["file"])
    lint.add_argument("--strict", action="store_true", help="exit 1 when a finding weighs more than a note")
    lint.add_argument("--all", action="store_true", help="print every note, however often it comes")
    _verb(verbs, "link", link_file, "print what serves each target", files=["file"])
    _verb(verbs, "segment", segment_file, "print the document as it was read (JSON)", files=["file"])
    _verb(verbs, "diff", diff_files, "print what changed between two versions", files=["old", "new"])
    align = _verb(verbs, "align", align_files, "compare with an upper-level plan", files=["upper", "lower"])
    align.epilog = "UPPER may be cn_national_2019, the targets of 国家节水行动方案."


def _verb(verbs: Any, name: str, run: Any, says: str, *, files: list[str]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=says, description=says)
    for file in files:
        parser.add_argument(file, metavar=file.upper())
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--out", type=Path, help="write to this file instead of printing")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, default=None, help="day for which to judge (YYYY-MM-DD)"
    )
    parser.set_defaults(run=run)
    return parser


def compile_file(arguments: argparse.Namespace) -> int:
    """Compile a plan and print it as JSON or in short."""
    plan, _ = _compiled(arguments.file, arguments)
    lines = [_json(plan_json(plan))] if arguments.json else summary_lines(plan, language=arguments.language)
    return _print(lines, arguments)


def lint_file(arguments: argparse.Namespace) -> int:
    """Print one line for each finding; with --strict a warning makes the exit code 1."""
    plan, document = _compiled(arguments.file, arguments)
    lines = (
        [_json(lint_json(plan, language=arguments.language))]
        if arguments.json
        else lint_lines(
            arguments.file, plan, document, language=arguments.language, is_complete=arguments.all
        )
    )
    _print(lines, arguments)
    is_bad = any(finding.severity is not Severity.NOTE for finding in plan.findings)
    return 1 if arguments.strict and is_bad else 0


def link_file(arguments: argparse.Namespace) -> int:
    """Print each target with the programme or indicator that serves it, or why nothing does."""
    plan, _ = _compiled(arguments.file, arguments)
    return _print(
        [_json(link_json(plan))] if arguments.json else link_lines(plan, language=arguments.language),
        arguments,
    )


def segment_file(arguments: argparse.Namespace) -> int:
    """Print the document as its reader left it."""
    return _print([_json(document_json(_read(arguments.file)))], arguments)


def diff_files(arguments: argparse.Namespace) -> int:
    """Print what changed from the old to the new version."""
    old, _ = _compiled(arguments.old, arguments)
    new, _ = _compiled(arguments.new, arguments)
    difference = diff_plans(old, new)
    lines = [_json(difference_json(difference))] if arguments.json else difference_lines(difference)
    return _print(lines, arguments)


def align_files(arguments: argparse.Namespace) -> int:
    """Print what became of each target of the upper plan in the lower one."""
    upper = _upper(arguments.upper, arguments)
    lower, _ = _compiled(arguments.lower, arguments)
    alignment = align_plans(upper, lower, load_knowledge())
    lines = (
        [_json(alignment_json(alignment))]
        if arguments.json
        else alignment_lines(alignment, language=arguments.language)
    )
    return _print(lines, arguments)


def _upper(name: str, arguments: argparse.Namespace) -> Plan:
    if Path(name).exists():
        return _compiled(name, arguments)[0]
    try:
        return load_upper_plan(name)
    except (KeyError, LookupError, FileNotFoundError) as error:
        raise ServiceError("services.unknown_upper_plan", name=name) from error


def _read(name: str) -> SourceDocument:
    path = Path(name)
    if not path.is_file():
        raise ServiceError("services.file_missing", path=name)
    return read_document(path.read_bytes(), name=path.name)


def _compiled(name: str, arguments: argparse.Namespace) -> tuple[Plan, SourceDocument | None]:
    """Return the plan of a file; a compiled plan (`.json`) is read as it is."""
    if name.endswith(".json") and Path(name).is_file():
        return loads(Path(name).read_text("utf-8")), None
    document = _read(name)
    as_of = arguments.as_of or date.today()  # noqa: DTZ011  the civil day where the command runs
    return compile_plan(document, load_knowledge(), as_of=as_of), document


def _json(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1)


def _print(lines: list[str], arguments: argparse.Namespace) -> int:
    text = "\n".join(lines) + "\n" if lines else ""
    if arguments.out:
        arguments.out.write_text(text, "utf-8")
    else:
        sys.stdout.write(text)
    return 0
