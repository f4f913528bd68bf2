"""What an entry of ``documents.yaml`` lacks, in one finding: words that it takes, options that write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cls_graph.errors import Text
from cls_graph.findings import Finding, Place, finding

LISTS = {"type": "document-type", "reliability": "reliability"}
"""The keys of a document whose words a code list holds."""
VALUES: Mapping[str, Text] = {
    "title": {"fr": "TITRE", "en": "TITLE"},
    "publisher": {"fr": "ORGANISME", "en": "BODY"},
    "url": {"fr": "ADRESSE", "en": "ADDRESS"},
    "type": {"fr": "TYPE", "en": "TYPE"},
    "reliability": {"fr": "FIABILITÉ", "en": "RELIABILITY"},
    "accessed": {"fr": "AAAA-MM-JJ", "en": "YYYY-MM-DD"},
}
_PUBLISHER: Text = {
    "fr": "publisher : la clé de l'organisme qui l'a publié (data/organisations.yaml).",
    "en": "publisher: the key of the body that published it (data/organisations.yaml).",
}


def incomplete(
    document: str, place: Place, lacking: Sequence[str], schemes: Mapping[str, Sequence[str]]
) -> Finding:
    """The finding for a document that lacks some keys; ``schemes``: the words of each code list."""
    words = (
        {"fr": [_PUBLISHER["fr"]], "en": [_PUBLISHER["en"]]}
        if "publisher" in lacking
        else {"fr": [], "en": []}
    )
    for key in lacking:
        if key in LISTS:
            allowed = ", ".join(schemes.get(LISTS[key], ()))
            words["fr"].append(f"{key} : un de {allowed}.")
            words["en"].append(f"{key}: one of {allowed}.")
    options = {
        lang: " ".join(f"--{key} {VALUES[key][lang]}" for key in (*lacking, "accessed"))
        for lang in ("fr", "en")
    }
    return finding(
        "document-incomplete",
        place,
        subject=document,
        keys=", ".join(lacking),
        options=options,
        words={lang: " ".join(said) for lang, said in words.items()},
    )
