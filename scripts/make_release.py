"""The files of a release, made and signed; ``scripts/release`` runs it. Nothing is uploaded or tagged."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import yaml
from sbom import bill, constraints

ROOT = Path(__file__).resolve().parent.parent
NAMESPACE = "cls-graph"
"""What a signature is for: one made for another purpose does not pass."""


def main() -> int:
    """Make the release; the exit code."""
    parser = argparse.ArgumentParser(description="Make the files of a release in dist/VERSION.")
    parser.add_argument("--key", type=Path, help="private SSH key to sign with; without it nothing is signed")
    parser.add_argument("--out", type=Path, help="folder of the release (dist/VERSION)")
    parser.add_argument("--trial", action="store_true", help="also from changed files, to try it out")
    args = parser.parse_args()
    try:
        version, date = stated()
        if not args.trial:
            refuse_changes()
        out = args.out or ROOT / "dist" / version
        make(version, date, out, args.key)
    except (Refused, subprocess.CalledProcessError) as error:
        print(f"release: {error}", file=sys.stderr)
        return 2
    print(f"{out}: {', '.join(sorted(path.name for path in out.iterdir()))}")
    if not args.key:
        print("Not signed: give --key. See docs/releasing.md.", file=sys.stderr)
    return 0


class Refused(Exception):
    """A release that may not be made, with the reason."""


def stated() -> tuple[str, str]:
    """Version and date, which four files must say alike."""
    dataset = yaml.safe_load((ROOT / "data" / "dataset.yaml").read_text(encoding="utf-8"))
    version, date = str(dataset["version"]), str(dataset["date"])
    code = (ROOT / "cls_graph" / "__init__.py").read_text(encoding="utf-8")
    cite = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    said = {
        "cls_graph/__init__.py": f'__version__ = "{version}"' in code,
        "CITATION.cff": (str(cite["version"]), str(cite["date-released"])) == (version, date),
        "CHANGELOG.md": bool(notes(version, date)),
    }
    wrong = [name for name, right in said.items() if not right]
    if wrong:
        raise Refused(f"{', '.join(wrong)} must say version {version} and {date}, as data/dataset.yaml does")
    return version, date


def notes(version: str, date: str) -> str:
    """What the changelog says of a version."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = rf"^## \[{re.escape(version)}\] - {date}\n"
    found = re.search(heading + r"(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    return found[1].strip() + "\n" if found else ""


def refuse_changes() -> None:
    """Raises ``Refused`` where the checkout is not what a commit holds."""
    changed = run("git", "status", "--porcelain").strip()
    if changed:
        raise Refused(f"commit or remove first:\n{changed}")


def make(version: str, date: str, out: Path, key: Path | None) -> None:
    """All files, beside their place, then swapped in. Raises ``Refused`` where the place is taken."""
    if out.exists():
        raise Refused(f"{out} is there already: a release is made once")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        place = Path(folder) / "release"
        place.mkdir()
        moment = int(datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp())
        run(sys.executable, "-m", "hatchling", "build", "-d", str(place), SOURCE_DATE_EPOCH=str(moment))
        data = Path(folder) / f"cls-graph-data-{version}"
        run(sys.executable, "-m", "cls_graph", "build", "--corpus", str(ROOT), "--out", str(data))
        (place / f"{data.name}.tar.gz").write_bytes(archive(data, moment))
        sbom = bill(version, date, ROOT / "ui" / "package-lock.json")
        (place / f"cls-graph-{version}.cdx.json").write_text(sbom, encoding="utf-8")
        (place / "constraints.txt").write_text(constraints(version), encoding="utf-8")
        (place / "NOTES.md").write_text(notes(version, date), encoding="utf-8")
        sums = place / "SHA256SUMS"
        sums.write_text(digests(place), encoding="utf-8")
        if key is not None:
            run("ssh-keygen", "-Y", "sign", "-q", "-f", str(key), "-n", NAMESPACE, str(sums))
        shutil.move(place, out)


def archive(folder: Path, moment: int) -> bytes:
    """A folder as ``.tar.gz``: the same files give the same bytes."""
    held = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=held, mode="wb", mtime=moment) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                about = tarfile.TarInfo(path.relative_to(folder.parent).as_posix())
                about.size, about.mtime, about.mode = path.stat().st_size, moment, 0o644
                with path.open("rb") as file:
                    tar.addfile(about, file)
    return held.getvalue()


def digests(folder: Path) -> str:
    """A line for each file, as ``sha256sum --check`` reads them."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def run(*words: str, **more: str) -> str:
    """What a command prints. Raises ``CalledProcessError``."""
    done = subprocess.run(
        words, cwd=ROOT, env={**os.environ, **more}, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
