"""The command `shuiheng <noun> <verb>`: its parser and its one way of failing."""

from __future__ import annotations

import argparse
import os
import sys

from django.db.utils import OperationalError, ProgrammingError

from shuiheng import __version__
from shuiheng.adapters.documents import DocumentRefusedError
from shuiheng.cli import (
    audit_commands,
    figure_commands,
    plan_commands,
    reading_commands,
    rule_commands,
    site_commands,
    statistic_commands,
    target_commands,
    warning_commands,
)
from shuiheng.kernel.json_fields import JsonFormatError
from shuiheng.services.errors import ServiceError
from shuiheng.services.finding_sentences import sentence_of


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = command_parser()
    arguments = parser.parse_args(argv)
    if not hasattr(arguments, "run"):
        parser.print_help()
        return 0
    try:
        return int(arguments.run(arguments))
    except (ServiceError, DocumentRefusedError, JsonFormatError, OperationalError, ProgrammingError) as error:
        return _fail(_said(error, arguments.language))
    except KeyboardInterrupt:
        return 130


def _said(error: Exception, language: str) -> str:
    """Return code, sentence and remedy of an error on one line."""
    if isinstance(error, JsonFormatError):
        return str(error)
    code, values = "services.database_missing", {}
    if isinstance(error, ServiceError | DocumentRefusedError):
        code, values = error.code, dict(error.values)
    sentence = sentence_of(code, values, language=language)
    return f"{code}: {sentence.says} {sentence.remedy}"


def _fail(line: str) -> int:
    print(f"shuiheng: {' '.join(line.split())}", file=sys.stderr)
    return 2


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; the reference pages are written from it."""
    parser = argparse.ArgumentParser(
        prog="shuiheng", description="水衡: a city's water-saving action plan as tasks, targets, duties."
    )
    parser.add_argument("--version", action="version", version=f"shuiheng {__version__}")
    parser.add_argument(
        "--language",
        choices=("zh", "en"),
        default="en" if os.environ.get("SHUIHENG_LANGUAGE", "").startswith("en") else "zh",
        help="language of findings and errors",
    )
    nouns = parser.add_subparsers(title="nouns", metavar="NOUN")
    plan_commands.add_to(nouns)
    site_commands.add_to(nouns)
    audit_commands.add_to(nouns)
    reading_commands.add_to(nouns)
    rule_commands.add_to(nouns)
    warning_commands.add_to(nouns)
    target_commands.add_to(nouns)
    figure_commands.add_to(nouns)
    statistic_commands.add_to(nouns)
    return parser


if __name__ == "__main__":
    sys.exit(main())
