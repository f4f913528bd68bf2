"""The files of each version in a static publication: there for good, under ``releases/{version}/``."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from cls_graph.errors import CorpusError, Text
from cls_graph.release.archive import Kept
from cls_graph.release.build import MANIFEST

RELEASES = "releases"
_GONE = {
    "fr": "La version {version} était publiée ici et ne l'est plus : ses adresses ne répondent plus. "
    "Donnez son dossier par --history (une version sans citations n'en garde aucune qui en a).",
    "en": "Version {version} was published here and is no more: its addresses no longer answer. "
    "Give its folder by --history (a release without quotes keeps none that has them).",
}
_OTHER = {
    "fr": "La version {version} était publiée ici avec d'autres données : des caches gardent celles d'avant. "
    "Donnez aux nouvelles une autre version.",
    "en": "Version {version} was published here with other data: caches keep those of before. "
    "Give the new data another version.",
}


def files_of(kept: Kept) -> Iterator[str]:
    """The files of a release that are still there, its manifest last.

    Who has removed some of them (to save room) publishes the others. Raises ``CorpusError`` for one that is
    no longer what the manifest says: it could be kept for ever by whoever asks for it; and for a manifest
    that names what is not in the folder, or no digest.
    """
    for name, wanted in sorted(listed(kept).items()):
        path = kept.folder / name
        if not path.is_file():
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != wanted:
                raise CorpusError(
                    f"{path} n'a plus l'empreinte du manifeste de la version {kept.version}.",
                    f"{path} no longer has the digest in the manifest of version {kept.version}.",
                )
        yield name
    yield MANIFEST


def listed(kept: Kept) -> dict[str, str]:
    """The files that the manifest of a release lists, each with its digest. Raises ``CorpusError``."""
    files = kept.manifest.get("files", {})
    if not isinstance(files, dict):
        raise _misshapen(kept, f"files: {files!r}"[:80])
    if not _inside(kept.version) or "/" in kept.version:
        raise _misshapen(kept, f"version: {kept.version!r}"[:80])
    found: dict[str, str] = {}
    for name, entry in files.items():
        digest = entry.get("sha256") if isinstance(entry, dict) else None
        if not _inside(name) or not isinstance(digest, str):
            raise _misshapen(kept, f"files: {name!r}"[:80])
        found[name] = digest
    return found


def _inside(name: str) -> bool:
    """Whether a path stays in its folder, on every system."""
    return bool(name) and not re.search(r"(?:^|[/\\])\.{0,2}(?:[/\\]|$)|[\\:\0]", name)


def _misshapen(kept: Kept, shown: str) -> CorpusError:
    place = kept.folder / MANIFEST
    return CorpusError(
        f"{place} n'est pas le manifeste d'une publication ({shown}) : chaque fichier y a un nom dans le"
        " dossier, sans « .. », et une empreinte « sha256 ». Construisez cette version de nouveau.",
        f"{place} is not the manifest of a release ({shown}): each file has a name inside the folder, without"
        " '..', and a 'sha256' in it. Build this version again.",
    )


def published(publication: Path) -> dict[str, str]:
    """The versions that a publication holds, each with its digest; none where there is no publication."""
    found = {}
    for path in (publication / "dumps", *sorted((publication / RELEASES).glob("*/"))):
        try:
            said = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
            found[str(said["version"])] = str(said["digest"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found


def broken(before: Mapping[str, str], now: Mapping[str, str]) -> list[Text]:
    """What is lost of addresses that were published as unchanging, in words."""
    said: list[Text] = []
    for version, digest in sorted(before.items()):
        if now.get(version) != digest:
            words = _OTHER if version in now else _GONE
            said.append({lang: words[lang].format(version=version) for lang in words})
    return said
