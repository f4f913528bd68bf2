"""Holds an installation against the bill of materials of a release: versions, and the bytes of the packages.

``python scripts/installed.py cls-graph-0.1.0.cdx.json``, run by the Python of the installation, needs nothing
else. It ends with 0 where all is as the bill says, with 1 and a line for each difference, with 2 where the
bill cannot be read. A wheel has other files on another platform: the bill says which it is of.
"""

from __future__ import annotations

import hashlib
import json
import sys
import sysconfig
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution, distributions
from pathlib import Path
from typing import Any

FILES = "cls-graph:files-sha256"
"""The property of a package that has the digest of its files."""
PLATFORM = "cls-graph:platform"
_WRITTEN_BY_INSTALLERS = {"INSTALLER", "REQUESTED", "RECORD", "direct_url.json", "uv_cache.json"}


def platform() -> str:
    """The Python and the machine that wheels are chosen by."""
    return f"python {sys.version_info.major}.{sys.version_info.minor} {sysconfig.get_platform()}"


def packed(dist: Distribution) -> Iterator[PackagePath]:
    """The files of a package that its wheel has.

    Not what the installer wrote, nor programs: their first line is that of the installation.
    """
    for path in dist.files or []:
        inside = path.parts[0] != ".." and not path.is_absolute()
        written = path.parent.name.endswith(".dist-info") and path.name in _WRITTEN_BY_INSTALLERS
        if inside and path.hash is not None and path.hash.mode == "sha256" and not written:
            yield path


def digest(dist: Distribution) -> str:
    """The SHA-256 of the names and digests of the files of a package, as its wheel lists them."""
    lines = sorted(f"{path.as_posix()} {path.hash.value}\n" for path in packed(dist) if path.hash)
    return hashlib.sha256("".join(lines).encode()).hexdigest() if lines else ""


def changed(dist: Distribution) -> Iterator[str]:
    """The files of a package that are not what its wheel had."""
    for path in packed(dist):
        try:
            found = hashlib.sha256(Path(str(path.locate())).read_bytes()).digest()
        except OSError:
            yield f"{path} is not there"
            continue
        if path.hash and urlsafe_b64encode(found).rstrip(b"=").decode() != path.hash.value:
            yield f"{path} was changed"


def listed(dists: Iterable[Distribution]) -> set[Path]:
    """Where the files are that packages say they have."""
    return {Path(str(path.locate())) for dist in dists for path in dist.files or []}


def added(dist: Distribution, known: set[Path]) -> Iterator[str]:
    """The files in the folders of a package that no package has. What Python compiles is not looked at."""
    root = Path(str(dist.locate_file("")))
    for name in sorted({path.parts[0] for path in packed(dist) if len(path.parts) > 1}):
        for path in sorted((root / name).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path not in known:
                yield f"{path.relative_to(root).as_posix()} was added"


def differences(bill: dict[str, Any], find: Callable[[str], Distribution] = distribution) -> Iterator[str]:
    """What is not as the bill says, a line each."""
    made = {row["name"]: row["value"] for row in bill["metadata"].get("properties", ())}
    if made.get(PLATFORM) != platform():
        yield f"the bill is of {made.get(PLATFORM)}, this is {platform()}: packages may have other files"
    known = listed(distributions())
    for part in bill["components"]:
        said = {row["name"]: row["value"] for row in part.get("properties", ())}
        if FILES not in said:
            continue
        try:
            dist = find(part["name"])
        except PackageNotFoundError:
            yield f"{part['name']} is not installed"
            continue
        if dist.version != part["version"]:
            yield f"{part['name']} is {dist.version}, the release had {part['version']}"
        elif digest(dist) != said[FILES]:
            yield f"{part['name']} {dist.version} has other files than that of the release"
        else:
            known |= listed([dist])
            yield from (f"{part['name']}: {text}" for text in (*changed(dist), *added(dist, known)))


def main(words: list[str]) -> int:
    """The exit code."""
    try:
        bill = json.loads(Path(words[0]).read_text(encoding="utf-8"))
        found = list(differences(bill))
    except (IndexError, OSError, ValueError, KeyError, TypeError) as error:
        print(f"installed.py FILE.cdx.json: not a bill of materials ({error!r})", file=sys.stderr)
        return 2
    print("\n".join(found) or "all packages are as in the release")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
