"""`shuiheng demo|serve|user|db …`: commands on an installation with its database."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command

from shuiheng.cli.serving import refuse_taken_port, serve
from shuiheng.cli.starting import say, start_site
from shuiheng.services.errors import ServiceError

ROOT = Path(__file__).resolve().parents[3]
DEMO_STATE = Path("var") / "demo"
DEMO_POLICY = "demo"
METERING_OF_DEMO = (sys.executable, "-m", "demo.load_metering")


def add_to(nouns: Any) -> None:
    """Add the nouns `demo`, `serve`, `worker`, `user` and `db`."""
    demo = nouns.add_parser("demo", help="the demo city").add_subparsers(metavar="VERB", required=True)
    _served(demo.add_parser("run", help="load the demo city and serve it"), demo_run)
    demo.add_parser("load", help="load the demo city").set_defaults(run=demo_load)
    _served(nouns.add_parser("serve", help="serve the site with its worker"), serve_site)
    nouns.add_parser("worker", help="work off the job queue").set_defaults(run=work)
    user = nouns.add_parser("user", help="accounts").add_subparsers(metavar="VERB", required=True)
    add = user.add_parser("add", help="make an account; its password is printed once")
    add.add_argument("username")
    add.add_argument("--role", action="append", help="may be given more than once; default: reader")
    add.add_argument("--city", default="本市", help="city in whose office; it is made when it does not exist")
    add.add_argument("--name", default="", help="name that pages show")
    add.set_defaults(run=user_add)
    recover = user.add_parser("recover", help="let a locked-out person in again: password, authenticator")
    recover.add_argument("username")
    recover.add_argument("--reason", required=True, help="why, and who agreed; the log keeps it")
    recover.set_defaults(run=user_recover)
    token = user.add_parser("token", help="make a token with which a program acts; printed once")
    token.add_argument("username")
    token.add_argument("--name", required=True, help="what the token is for")
    token.add_argument("--days", type=int, default=90, help="after how many days it ends (default: 90)")
    token.set_defaults(run=user_token)
    database = nouns.add_parser("db", help="the database").add_subparsers(metavar="VERB", required=True)
    database.add_parser("migrate", help="make or renew the tables").set_defaults(run=migrate)
    purge = database.add_parser("purge", help="erase what is personal when its term is over")
    purge.add_argument("--dry-run", action="store_true", help="only count")
    purge.set_defaults(run=purge_terms)
    grant = database.add_parser("grant", help="give a PostgreSQL role what the site needs, and no more")
    grant.add_argument("role")
    grant.set_defaults(run=grant_role)


def _served(parser: argparse.ArgumentParser, run: Any) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.set_defaults(run=run)


def demo_run(arguments: argparse.Namespace) -> int:
    """Make the demo's tables and accounts, load its plans and serve them until Ctrl-C.

    The made-up users, meters and readings of the city come in while it is served.
    """
    refuse_taken_port(arguments.host, arguments.port)
    os.environ.setdefault("SHUIHENG_STATE", str(DEMO_STATE))
    os.environ.setdefault("SHUIHENG_POLICY", DEMO_POLICY)
    demo_load(arguments)
    return serve(host=arguments.host, port=arguments.port, beside=METERING_OF_DEMO)


def demo_load(_arguments: argparse.Namespace) -> int:
    """Make the demo's tables and accounts and load its plans; print the passwords."""
    os.environ.setdefault("SHUIHENG_STATE", str(DEMO_STATE))
    os.environ.setdefault("SHUIHENG_POLICY", DEMO_POLICY)
    os.environ["SHUIHENG_JOBS"] = "inline"
    start_site()
    call_command("migrate", verbosity=0)
    from shuiheng.adapters.records.queries_plans import account_named  # noqa: PLC0415  needs the set-up above
    from shuiheng.services.load_demo import demo_filers, demo_users, load_demo  # noqa: PLC0415

    passwords = demo_users()
    officer = account_named("officer")
    if officer is None:
        raise RuntimeError("the first accounts were not made")
    real = ROOT.parent / "shared" / "plans"
    load_demo(officer, made_up=ROOT / "demo" / "plans", real=real if real.is_dir() else None, say=say)
    passwords |= demo_filers()
    say("")
    for username, password in passwords.items():
        say(f"  {username:10} {password}")
    say("")
    del os.environ["SHUIHENG_JOBS"]
    return 0


def serve_site(arguments: argparse.Namespace) -> int:
    """Serve the site and its worker until Ctrl-C."""
    refuse_taken_port(arguments.host, arguments.port)
    start_site()
    call_command("migrate", verbosity=0)
    return serve(host=arguments.host, port=arguments.port)


def work(_arguments: argparse.Namespace) -> int:
    """Work off the job queue until a signal ends it; the refusals of the database are made sure of first."""
    start_site()
    from django.db import connection  # noqa: PLC0415  needs the set-up above

    from shuiheng.adapters.records.guards import renew_guards  # noqa: PLC0415
    from shuiheng.services import works  # noqa: PLC0415

    if renew_guards(connection):
        say("refusals of the database were missing and are made again")
    works.run_worker()
    return 0


def user_add(arguments: argparse.Namespace) -> int:
    """Make an account and print its password; a name that is taken is refused."""
    start_site()
    from shuiheng.services.create_first_users import add_user  # noqa: PLC0415  needs the set-up above

    roles = tuple(arguments.role or ["reader"])
    password = add_user(arguments.username, display_name=arguments.name, city=arguments.city, roles=roles)
    say(f"{arguments.username} {password}")
    return 0


def user_recover(arguments: argparse.Namespace) -> int:
    """Print a temporary password for an account whose owner is locked out."""
    start_site()
    from shuiheng.services.recover_account import recover_account  # noqa: PLC0415  needs the set-up above

    say(f"{arguments.username} {recover_account(arguments.username, reason=arguments.reason)}")
    return 0


def user_token(arguments: argparse.Namespace) -> int:
    """Make a token for an account and print it."""
    start_site()
    from shuiheng.adapters.records.queries_plans import account_named  # noqa: PLC0415  needs the set-up above
    from shuiheng.services.api_token import make_token  # noqa: PLC0415

    account = account_named(arguments.username)
    if account is None:
        raise ServiceError("services.not_there", what=arguments.username)
    say(make_token(account, name=arguments.name, days=arguments.days))
    return 0


def migrate(_arguments: argparse.Namespace) -> int:
    """Make or renew the tables."""
    start_site()
    call_command("migrate", verbosity=1)
    return 0


def purge_terms(arguments: argparse.Namespace) -> int:
    """Erase what is personal when its term is over, or only count it; print each count."""
    start_site()
    from shuiheng.services.purge_personal import purge_personal  # noqa: PLC0415  needs the set-up above

    for name, count in purge_personal(is_dry_run=arguments.dry_run).items():
        say(f"{name} {count}")
    return 0


def grant_role(arguments: argparse.Namespace) -> int:
    """Give the role of the site its rights on the tables; run it as their owner."""
    start_site()
    from django.db import connection  # noqa: PLC0415  needs the set-up above

    from shuiheng.adapters.records.grants import grant_to  # noqa: PLC0415

    if connection.vendor != "postgresql":
        say("SQLite has no roles; the triggers guard its history.")
        return 1
    say(f"{grant_to(arguments.role)} statements")
    return 0
