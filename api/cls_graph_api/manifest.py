"""What a release says of itself, read from its folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cls_graph.errors import CorpusError
from cls_graph.reasons import reason


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a release. Raises ``CorpusError``."""
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(manifest, dict) and {"base_iri", "digest", "version", "title"} <= manifest.keys():
            return manifest
        why = dict.fromkeys(("fr", "en"), "base_iri, digest, version, title ?")
    except (OSError, ValueError) as error:
        why = reason(error)
    raise CorpusError(
        f"{path.parent} n'est pas le dossier d'une publication : {path.name}, {why['fr']}.",
        f"{path.parent} is not the folder of a release: {path.name}, {why['en']}.",
    )
