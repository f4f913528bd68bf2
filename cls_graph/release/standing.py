"""A store over a corpus as it stands: that of its kept release, else composed."""

from __future__ import annotations

from dataclasses import dataclass

from cls_graph.corpus import Corpus
from cls_graph.release.build import NQUADS
from cls_graph.release.cache import kept_release
from cls_graph.release.compose import compose
from cls_graph.settings import Settings
from cls_graph.store import EmbeddedStore


@dataclass(frozen=True)
class Standing:
    """The store, and the files that are missing from it or are in it in part."""

    store: EmbeddedStore
    unread: list[str]


def standing(corpus: Corpus, settings: Settings | None = None, *, apart: bool = True) -> Standing:
    """What a corpus says now, without checking it. ``apart``: whether inferred facts are kept apart.

    Where ``serve`` keeps the release of the same data, that is read: it is the same quads, and
    a corpus that has a release has no unread file.
    """
    kept = kept_release(corpus, settings or Settings.load())
    if kept is not None:
        return Standing(EmbeddedStore.from_file(kept / NQUADS, apart=apart), [])
    store = EmbeddedStore.from_quads(compose(corpus), apart=apart)
    unread = [read.file for read in corpus.records if read.value is None]
    unread += [found.place.file for found in corpus.findings]
    return Standing(store, list(dict.fromkeys(unread)))
