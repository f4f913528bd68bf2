"""Built releases, kept by the digest of what they are made from, so that what reads them starts at once."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from cls_graph.corpus import Corpus
from cls_graph.errors import OutputError
from cls_graph.progress import Progress, silent
from cls_graph.reasons import reason
from cls_graph.release.build import MANIFEST, build
from cls_graph.settings import Settings

KEPT = 5
_ASIDE = re.compile(r"\.[0-9a-f]{32}\.old-\w+")
"""Where ``release.folder`` puts the old folder of a key of ours while the new one takes its place."""
_DAY = 24 * 3600


def cache_folder(settings: Settings) -> Path:
    """``CLS_CACHE``, else the user's cache folder (XDG Base Directory; LOCALAPPDATA on Windows)."""
    if settings.cache:
        return Path(settings.cache).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", tempfile.gettempdir())) / "cls-graph"
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "cls-graph"


def ensure_release(
    corpus_dir: Path | None, settings: Settings, lang: str = "fr", progress: Progress = silent
) -> Path:
    """The folder of the corpus's release, built if it is not there or damaged.

    Where the cache cannot be written, a temporary folder is used instead, which goes with this process.
    Raises ``ChecksFailed`` when the corpus has violations, ``CorpusError`` when there is none, and
    ``OutputError`` where no folder can be written at all.
    """
    corpus = Corpus.open(corpus_dir)
    kept = kept_release(corpus, settings)
    if kept is not None:
        return kept
    folder = release_folder(corpus, settings)
    try:
        if folder.exists():
            shutil.rmtree(folder)
        build(corpus, folder, progress=progress)
    except (OutputError, OSError):
        folder = _passing() / "release"
        build(Corpus.open(corpus_dir), folder, progress=progress)
    else:
        _forget(folder.parent)
    return folder


def kept_release(corpus: Corpus, settings: Settings) -> Path | None:
    """The folder of the corpus's release where one is kept and whole; nothing is built."""
    folder = release_folder(corpus, settings)
    if not intact(folder):
        return None
    with suppress(OSError):  # a cache may be there to be read only
        os.utime(folder)
    return folder


def _passing() -> Path:
    """A temporary folder that is removed when this process ends, but not by one that it forked."""
    try:
        folder, owner = tempfile.mkdtemp(prefix="cls-graph-"), os.getpid()
    except OSError as error:
        said = reason(error)
        raise OutputError(
            f"Aucun dossier où garder la publication ({said['fr']}) : donnez-en un dans CLS_CACHE.",
            f"No folder to keep the release in ({said['en']}): give one in CLS_CACHE.",
        ) from None

    def remove() -> None:
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return Path(folder)


def release_folder(corpus: Corpus, settings: Settings) -> Path:
    """Where the release of a corpus is kept, or would be."""
    return cache_folder(settings) / _key(corpus)


def _key(corpus: Corpus) -> str:
    """A digest of the corpus, of the code, of the query library and of the codes: same key, same release."""
    package = Path(__file__).resolve().parents[1]
    total = hashlib.sha256(corpus.digest.encode())
    for path in sorted(p for p in package.rglob("*") if p.suffix in (".py", ".rq", ".gz")):
        total.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:32]


def intact(folder: Path) -> bool:
    """Whether a release folder holds every file of its manifest, byte for byte."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == entry["sha256"]
            for name, entry in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _forget(cache: Path) -> None:
    """Keep the releases that were used last, and nothing of a swap that was killed."""
    folders: list[tuple[float, Path]] = []
    with suppress(OSError):
        for path in cache.iterdir():
            with suppress(OSError):  # another process has just ended its build, or forgotten a release
                if path.is_dir():
                    folders.append((path.stat().st_mtime, path))
    folders.sort(reverse=True)
    releases = [p for _, p in folders if not p.name.startswith(".") and (p / MANIFEST).is_file()]
    aside = [p for used, p in folders if _ASIDE.fullmatch(p.name) and time.time() - used > _DAY]
    for old in [*releases[KEPT:], *aside]:
        shutil.rmtree(old, ignore_errors=True)
