"""The command `shuiheng <noun> <verb>`: its parser and its one way of failing."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from django.db.utils import OperationalError, ProgrammingError

from shuiheng import __version__
from shuiheng.adapters.documents import DocumentRefused
from shuiheng.cli import plan_commands, site_commands
from shuiheng.kernel.json_fields import JsonFormatError
from shuiheng.services.errors import ServiceError
from shuiheng.services.finding_sentences import sentence_of


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if not hasattr(arguments, "run"):
        parser.print_help()
        return 0
    try:
        return int(arguments.run(arguments))
    except (ServiceError, DocumentRefused) as error:
        sentence = sentence_of(error.code, dict(error.values), language=arguments.language)
        return _fail(f"{error.code}: {sentence.says} {sentence.remedy}")
    except JsonFormatError as error:
        return _fail(str(error))
    except (OperationalError, ProgrammingError):
        sentence = sentence_of("services.database_missing", {}, language=arguments.language)
        return _fail(f"services.database_missing: {sentence.says} {sentence.remedy}")
    except BrokenPipeError:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")
        return 0
    except KeyboardInterrupt:
        return 130


def _fail(line: str) -> int:
    print(f"shuiheng: {' '.join(line.split())}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
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
    return parser


if __name__ == "__main__":
    sys.exit(main())
