"""Run a command beside a PostgreSQL server of its own, which is gone without a trace when the command ends.

    python tools/with_postgresql.py COMMAND [ARGUMENT…]

The newest server from 14 on that is found under /usr/lib/postgresql is started on a free port of the
loopback address, in a temporary folder, by an account without special rights (postgres, for root).
ENDOCSEA_DATABASE tells the command how to reach it: as a user who may make databases, and is no superuser.
"""

# ruff: noqa: S603  the commands are PostgreSQL's own, and the one that the person at the keyboard gave
from __future__ import annotations

import contextlib
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

SERVERS = Path("/usr/lib/postgresql")  # where Debian keeps them: a folder for each version
OLDEST = 14  # that Django 5.2 speaks to
NAME = "endocsea"
# Nothing here has to survive a power cut.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


def main(command: list[str]) -> int:
    if not command:
        stop("a command to run is missing: with_postgresql.py COMMAND [ARGUMENT…]")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    version, programs = newest()
    print(f"· PostgreSQL {version}, for this run alone", flush=True)
    with server(version, programs) as address:
        return run(command, os.environ | {"ENDOCSEA_DATABASE": address})


def newest() -> tuple[int, Path]:
    """The newest version installed and the folder of its programs."""
    found = sorted(
        (int(folder.name), folder / "bin")
        for folder in (SERVERS.iterdir() if SERVERS.is_dir() else ())
        if folder.name.isdigit() and (folder / "bin" / "initdb").is_file()
    )
    if not found:
        stop(f"no PostgreSQL server was found under {SERVERS}. Install one (Debian: apt install postgresql).")
    if found[-1][0] < OLDEST:
        stop(f"PostgreSQL {found[-1][0]} is too old: version {OLDEST} or newer is needed.")
    return found[-1]


@contextlib.contextmanager
def server(version: int, programs: Path) -> Iterator[str]:
    """A running server, as the address of an empty database; stopped and deleted at the end."""
    account = without_rights()
    folder = Path(tempfile.mkdtemp(prefix="endocsea-postgresql-"))
    try:
        passwords = {user: secrets.token_urlsafe(16) for user in ("postgres", NAME)}
        (folder / "password").write_text(passwords["postgres"])
        if account:
            for place in (folder, folder / "password"):
                shutil.chown(place, account["user"], account["group"])
        port = free_port()
        as_account: dict[str, Any] = {"cwd": folder, **account}
        said(
            [programs / "initdb", "--pgdata", folder / "data", "--username", "postgres", "--no-sync",
             "--auth", "scram-sha-256", "--pwfile", folder / "password", *letters(version)],
            **as_account,
        )  # fmt: skip
        settings = (*QUICK, f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=")
        control = [programs / "pg_ctl", "--pgdata", folder / "data", "--silent", "--wait"]
        try:
            said(
                [*control, "--log", folder / "log", "--options", " ".join(f"-c {each}" for each in settings),
                 "start"],
                log=folder / "log", **as_account,
            )  # fmt: skip
            said(
                [programs / "psql", "--no-psqlrc", "--quiet", "--host", "127.0.0.1", "--port", str(port),
                 "--username", "postgres", "--dbname", "postgres",
                 "--command", f"create role {NAME} login createdb password '{passwords[NAME]}'",
                 "--command", f"create database {NAME} owner {NAME}", *one_way_more(version)],
                env=os.environ | {"PGPASSWORD": passwords["postgres"]}, cwd=folder,
            )  # fmt: skip
            yield f"postgresql://{NAME}:{passwords[NAME]}@127.0.0.1:{port}/{NAME}"
        finally:
            subprocess.run(
                [*control, "--mode", "immediate", "stop"], capture_output=True, check=False, **as_account
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def without_rights() -> dict[str, Any]:
    """Who runs the server: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        stop(
            "root may not run PostgreSQL, and there is no account postgres to run it. Debian's package makes one."
        )
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def letters(version: int) -> list[str]:
    """Texts in UTF-8, ordered as a dictionary would where the server can: unlike SQLite, so that it shows."""
    if version < 15:
        return ["--encoding", "UTF8", "--locale", "C.UTF-8"]
    return ["--encoding", "UTF8", "--no-locale", "--locale-provider", "icu", "--icu-locale", "en"]


def one_way_more(version: int) -> list[str]:
    """A way around triggers that PostgreSQL keeps for superusers: the tests of the journal try it, too."""
    return (
        ["--command", f"grant set on parameter session_replication_role to {NAME}"] if version >= 15 else []
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def said(command: list[str | Path], *, log: Path | None = None, **options: Any) -> None:
    """Run one of PostgreSQL's programs; where it fails, stop with what it said."""
    # to a file and not a pipe: the server inherits it, and a pipe would stay open as long as it runs
    with tempfile.TemporaryFile("w+") as words:
        done = subprocess.run(
            command, stdout=words, stderr=words, stdin=subprocess.DEVNULL, check=False, **options
        )
        if done.returncode == 0:
            return
        words.seek(0)
        text = words.read() + (log.read_text(errors="replace") if log and log.exists() else "")
    last = re.sub(r"\s+", " ", " ".join(text.splitlines()[-5:])).strip()
    stop(f"{Path(command[0]).name} failed: {last}")


def run(command: list[str], environment: dict[str, str]) -> int:
    """The command's exit status; when we are stopped, it is stopped first."""
    try:
        child = subprocess.Popen(command, env=environment)
    except OSError as error:
        stop(f"{command[0]} cannot be run: {(error.strerror or str(error)).lower()}.")
    try:
        return child.wait()
    except BaseException:
        child.terminate()
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        raise


def stop(sentence: str) -> NoReturn:
    sys.exit(f"with_postgresql: {sentence}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
