"""The answers that the README and docs/http.md show, printed again.

An exchange is a ``sh`` fence followed by a ``csv`` or ``text`` fence: a command and what it prints.
``python scripts/readme_answers.py http://127.0.0.1:8000`` asks the service that runs there and
writes what is new; the tests hold the pages against a service of their own.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "http.md")
ADDRESS = "http://127.0.0.1:8000"
PROGRAMS = sysconfig.get_path("scripts")
FENCED = r"(?:(?!```).)*"
EXCHANGE = re.compile(
    rf"```sh\n(?P<command>{FENCED})```\n\n```(?:csv|text)\n(?P<answer>{FENCED})```", re.DOTALL
)


def exchanges(text: str) -> list[tuple[str, str]]:
    """The commands of a page that show an answer, each with that answer."""
    return [(m["command"], m["answer"]) for m in EXCHANGE.finditer(text)]


def ask(command: str, address: str, cwd: Path = ROOT, programs: str = PROGRAMS) -> str:
    """What a command prints, with the service at ``address``; raises where the command fails.

    ``programs``: the folder of the ``cls-graph`` that is run.
    """
    path = os.pathsep.join((programs, PROGRAMS, os.environ.get("PATH", "")))
    done = subprocess.run(
        ["bash", "-c", command.replace(ADDRESS, address)],
        cwd=cwd,
        env={**os.environ, "PATH": path},
        check=True,
        stdout=subprocess.PIPE,
    )
    # SPARQL results in CSV end their lines with CR LF.
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def answered(text: str, address: str) -> str:
    """The page with every answer as it is now."""

    def renew(match: re.Match[str]) -> str:
        before = match[0][: match.start("answer") - match.start()]
        return before + ask(match["command"], address) + "```"

    return EXCHANGE.sub(renew, text)


def main() -> int:
    """Rewrite the pages with the answers of the service; the exit code."""
    address = (sys.argv[1] if len(sys.argv) > 1 else ADDRESS).rstrip("/")
    for page in PAGES:
        try:
            text = answered(page.read_text(encoding="utf-8"), address)
        except subprocess.CalledProcessError as error:
            print(
                f"{page.name}: this failed; does cls-graph serve run at {address}?\n{error.cmd[-1]}",
                file=sys.stderr,
            )
            return 2
        page.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
