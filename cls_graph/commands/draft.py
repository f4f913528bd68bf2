"""``cls-graph draft``: a draft record from a press release, a web page, a PDF or a plain text."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cls_graph.corpus import Corpus
from cls_graph.errors import OutputError, Text, UsageError
from cls_graph.files import replace_files, special
from cls_graph.records.model import Record
from cls_graph.records.reader import read_model
from cls_graph.suggesting import suggest

if TYPE_CHECKING:
    from cls_graph.drafting import Draft
    from cls_graph.drafting.registering import Additions

NAME = "draft"
HELP = {
    "fr": "propose une fiche à partir d'un communiqué : texte, page HTML ou PDF avec une couche de texte",
    "en": "propose a record from a press release: text, HTML page, or PDF with a text layer",
}
EXAMPLE = "cls-graph draft communique.txt"

TEXTS = {
    "file": {"fr": "texte, page HTML ou PDF", "en": "text, HTML page or PDF"},
    "out": {
        "fr": "fichier à écrire (un de plus par contrat de la page, numéroté) ; sinon la sortie",
        "en": "file to write (one more for each contract of the page, numbered); else standard output",
    },
    "text": {
        "fr": "écrit aussi le texte lu, celui où les positions sont comptées",
        "en": "also write the text as read, in which positions count",
    },
    "json": {
        "fr": "en JSON, avec une confiance par énoncé ; une liste si la page porte sur plusieurs contrats",
        "en": "as JSON, with a confidence by statement; a list where the page holds several contracts",
    },
    "register": {
        "fr": "ajoute au registre ce qu'il n'a pas : organismes et territoires de la fiche, document lu",
        "en": "add to the registry what it has not: bodies and territories of the record, the document read",
    },
    "title": {
        "fr": "titre du document, si ce n'est pas celui qu'on y lit",
        "en": "title of the document, if not as read",
    },
    "url": {"fr": "adresse du document", "en": "address of the document"},
    "publisher": {"fr": "organisme qui l'a publié, par sa clé", "en": "body that published it, by its key"},
    "type": {"fr": "type de document, un mot de la liste", "en": "type of document, a word of the list"},
    "reliability": {"fr": "fiabilité, un mot de la liste", "en": "reliability, a word of the list"},
    "accessed": {"fr": "jour où il a été lu, AAAA-MM-JJ", "en": "day on which it was read, YYYY-MM-DD"},
    "force": {
        "fr": "remplace un fichier qui existe, après une sauvegarde",
        "en": "replace a file that is there, after a backup",
    },
    "corpus": {"fr": "dossier du corpus", "en": "folder of the corpus"},
}

GIVEN = ("title", "url", "publisher", "type", "reliability", "accessed")
"""What only the user can tell of the document."""


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("file", type=Path, metavar="FILE", help=TEXTS["file"][lang])
    parser.add_argument("--out", type=Path, metavar="FILE", help=TEXTS["out"][lang])
    parser.add_argument("--text", type=Path, metavar="FILE", help=TEXTS["text"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])
    parser.add_argument("--register", action="store_true", help=TEXTS["register"][lang])
    for name in GIVEN:
        parser.add_argument(f"--{name}", metavar=name.upper(), help=TEXTS[name][lang])
    parser.add_argument("--force", action="store_true", help=TEXTS["force"][lang])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help=TEXTS["corpus"][lang])


def run(args: argparse.Namespace) -> int:
    """Read, draft, write. Raises ``SourcesError`` (no text), ``OutputError``, ``UsageError``.

    A file that is there with something else in it is replaced with ``--force`` only, after a backup.
    """
    from cls_graph.drafting import draft, read_source
    from cls_graph.drafting.document import entry
    from cls_graph.drafting.registering import additions, registered
    from cls_graph.drafting.writing import as_json, as_yaml

    source = read_source(args.file)
    corpus = Corpus.open(args.corpus)
    drafts = draft(source, corpus)
    if args.out is not None:
        for made, target in zip(drafts, _targets(args.out, len(drafts)), strict=True):
            _keep_reviews(made, target)
    if args.json:
        shown = [as_json(d, args.lang) for d in drafts]
        content = json.dumps(shown if len(shown) > 1 else shown[0], ensure_ascii=False, indent=2) + "\n"
        written = [content]
    else:
        written = [as_yaml(d, args.lang, registered=args.register) for d in drafts]
    files = _files(args, written, source.text)
    if args.register and corpus.installed:
        raise UsageError(
            "Ce registre est celui du paquet installé : donnez --corpus DOSSIER.",
            "This registry is that of the installed package: give --corpus DIR.",
        )
    given = {name: told for name in GIVEN if (told := getattr(args, name)) is not None}
    if given and not args.register:
        raise UsageError(
            f"--{next(iter(given))} décrit le document dans le registre : ajoutez --register.",
            f"--{next(iter(given))} describes the document in the registry: add --register.",
        )
    key = drafts[0].record["source"]["document"]
    taken = key in corpus.registry.documents and not args.register
    lacking = additions(drafts, corpus)
    _known_words(args, corpus, lacking)
    lacking.document = None if taken else entry(source, key, corpus, given)
    registry, known = registered(lacking, corpus) if args.register else ({}, {})
    contents = {target: content.encode() for target, content in files.items()}
    backup = _write(args, corpus, contents, registry, known)
    if lacking.lines(args.lang) and (args.out is not None or args.register):
        print("\n  ".join([SHOWN[args.register][args.lang], *lacking.lines(args.lang)]), file=sys.stderr)
    if args.out is None:
        sys.stdout.write("\n".join(written))
    for target in files:
        if target != args.text:
            print(target, file=sys.stderr)
    for said in _misnamed(args, drafts, corpus):
        print(said[args.lang], file=sys.stderr)
    if backup is not None:
        print({"fr": f"Sauvegarde : {backup}", "en": f"Backup: {backup}"}[args.lang], file=sys.stderr)
    return 0


def _misnamed(args: argparse.Namespace, drafts: list[Draft], corpus: Corpus) -> Iterator[Text]:
    """What checks would refuse: records of the corpus that are not called after their key."""
    targets = [] if args.out is None or args.json else _targets(args.out, len(drafts))
    for made, target in zip(drafts, targets, strict=False):
        key = made.record["contract"].get("key", "")
        if key and target.stem != key and target.parent.resolve() == corpus.root / "data" / "contracts":
            yield {
                "fr": f"{target.name} : la clé de cette fiche est « {key} ». Nommez-la {key}.yaml, ou"
                " corrigez la clé.",
                "en": f"{target.name}: the key of this record is '{key}'. Call it {key}.yaml, or mend"
                " the key.",
            }


def _known_words(args: argparse.Namespace, corpus: Corpus, lacking: Additions) -> None:
    """Raise ``UsageError`` where an option names no body, or no word of its list."""
    bodies = {*corpus.registry.organisations, *(body["key"] for body in lacking.organisations)}
    lists = {
        "publisher": bodies,
        "type": corpus.schemes.get("document-type", []),
        "reliability": corpus.schemes.get("reliability", []),
    }
    for name, known in lists.items():
        told = getattr(args, name)
        if told is not None and told not in known:
            near = suggest(told, known)
            if name == "publisher":
                raise UsageError(
                    f"--publisher {told} : aucun organisme n'a cette clé.{near['fr']} Inscrivez-le dans "
                    "data/organisations.yaml, ou laissez --publisher : la même commande le dira plus tard.",
                    f"--publisher {told}: no body has this key.{near['en']} Put it into "
                    "data/organisations.yaml, or leave --publisher out: the same command can tell it later.",
                )
            words = ", ".join(known)
            raise UsageError(
                f"--{name} {told} : inconnu ({words}).{near['fr']}",
                f"--{name} {told}: unknown ({words}).{near['en']}",
            )


SHOWN = {
    False: {
        "fr": "Absents du registre (--register les y ajoute) :",
        "en": "Not in the registry (--register adds them):",
    },
    True: {"fr": "Ajoutés au registre :", "en": "Added to the registry:"},
}


def _write(
    args: argparse.Namespace,
    corpus: Corpus,
    files: dict[Path, bytes],
    registry: dict[Path, bytes],
    known: dict[Path, bytes | None],
) -> Path | None:
    """Write all or nothing; where the backup is, if there is one. Raises ``OutputError``.

    ``known`` is what the files of the registry held when they were read.
    """
    from cls_graph.sheets.applying import BACKUPS, write_all

    there = [path for path in files if path.is_file() and not special(path)]
    taken = [path for path in there if path.read_bytes() not in (files[path], b"")]
    if not taken and not registry:
        replace_files(files)
        return None
    if taken and not args.force:
        is_there = _is_there(taken[0])
        raise OutputError(
            f"{taken[0]} existe : {is_there['fr']}. Rien n'est écrit. Donnez un autre nom, ou --force pour le"
            " remplacer, après une sauvegarde.",
            f"{taken[0]} is there: {is_there['en']}. Nothing is written. Give another name, or --force to"
            " replace it, after a backup.",
        )
    folder = taken[0].parent if corpus.installed else corpus.root
    return write_all(files | registry, folder / BACKUPS, known | {path: path.read_bytes() for path in taken})[
        0
    ]


def _keep_reviews(made: Draft, path: Path) -> None:
    """A draft that takes the place of a record of its key says who had reviewed that one."""
    if not path.is_file() or special(path):
        return
    held = read_model(Record, str(path), path.read_bytes()).value
    head = made.record["contract"]
    if held is None or held.contract.review is None or held.contract.key != head.get("key"):
        return
    rounds = [r.model_dump(exclude_none=True) for r in held.contract.review.rounds]
    if rounds and "review" in head:
        head["review"] = {**head["review"], "earlier": rounds}


def _is_there(path: Path) -> Text:
    """What a file that would be replaced holds, in words."""
    found = read_model(Record, str(path), path.read_bytes())
    if found.value is None:
        return {"fr": "ce n'est pas une fiche lisible", "en": "it is no record that can be read"}
    head = found.value.contract
    title = head.title.value if head.title else "…"
    fr, en = f"fiche {head.key}, « {title} »", f"record {head.key}, '{title}'"
    review = head.review
    if review is None or review.by is None:
        return {"fr": f"{fr}, pas encore relue", "en": f"{en}, not reviewed yet"}
    return {
        "fr": f"{fr}, relue par {review.by} le {review.on}",
        "en": f"{en}, reviewed by {review.by} on {review.on}",
    }


def _files(args: argparse.Namespace, written: list[str], text: str) -> dict[Path, str]:
    """What is to be written where. Raises ``UsageError`` where one file would take the place of another."""
    files = {} if args.out is None else dict(zip(_targets(args.out, len(written)), written, strict=True))
    taken = {args.file.resolve()}
    for target in [*files, *([args.text] if args.text is not None else [])]:
        if target.resolve() in taken:
            same = target.resolve() == args.file.resolve()
            raise UsageError(
                f"{target} est le texte lui-même : donnez un autre nom."
                if same
                else f"--out et --text nomment le même fichier, {target} : donnez deux noms.",
                f"{target} is the text itself: give another name."
                if same
                else f"--out and --text name the same file, {target}: give two names.",
            )
        taken.add(target.resolve())
    return files if args.text is None else {**files, args.text: text}


def _targets(out: Path, number: int) -> list[Path]:
    """One file a contract: the name given, then numbered ones."""
    return [out if n == 1 else out.with_name(f"{out.stem}-{n}{out.suffix}") for n in range(1, number + 1)]
