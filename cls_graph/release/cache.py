"""Built releases, kept by the digest of what they are made from, so that what reads them starts at once."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from cls_graph.corpus import Corpus
from cls_graph.errors import OutputError
from cls_graph.progress import Progress, silent
from cls_graph.release.build import MANIFEST, build
from cls_graph.settings import Settings

KEPT = 5


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

    Where the cache cannot be written, a temporary folder is used instead. Raises ``ChecksFailed``
    when the corpus has violations, ``CorpusError`` when there is none.
    """
    corpus = Corpus.open(corpus_dir)
    folder = _folder(corpus, settings)
    if intact(folder):
        return folder
    try:
        if folder.exists():
            shutil.rmtree(folder)
        build(corpus, folder, progress=progress)
    except (OutputError, OSError):
        folder = Path(tempfile.mkdtemp(prefix="cls-graph-")) / "release"
        build(Corpus.open(corpus_dir), folder, progress=progress)
    else:
        _forget(folder.parent)
    return folder


def kept_release(corpus: Corpus, settings: Settings) -> Path | None:
    """The folder of the corpus's release where one is kept and whole; nothing is built."""
    folder = _folder(corpus, settings)
    return folder if intact(folder) else None


def _folder(corpus: Corpus, settings: Settings) -> Path:
    """Where the release of a corpus is kept, or would be."""
    return cache_folder(settings) / _key(corpus)


def _key(corpus: Corpus) -> str:
    """A digest of the corpus, of the code and of the query library: same key, same release."""
    package = Path(__file__).resolve().parents[1]
    total = hashlib.sha256(corpus.digest.encode())
    for path in sorted(p for p in package.rglob("*") if p.suffix in (".py", ".rq")):
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
    """Keep the newest releases only."""
    releases = [p for p in cache.iterdir() if (p / MANIFEST).is_file()]
    releases.sort(key=lambda p: (p / MANIFEST).stat().st_mtime, reverse=True)
    for old in releases[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
