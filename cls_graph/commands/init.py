"""``cls-graph init``: a new corpus to fork, under a base of its own."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Callable
from pathlib import Path

from cls_graph.errors import Text, UsageError
from cls_graph.new_corpus import LICENCE, Identity, create, faults, free

NAME = "init"
HELP = {
    "fr": "crée un corpus vide pour une autre région ou une autre sorte de contrat",
    "en": "make an empty corpus for another region or another kind of contract",
}
EXAMPLE = (
    'cls-graph init mes-contrats --base https://exemple.fr/cls/ --title "CLS de Bretagne" '
    '--publisher "Observatoire"'
)

ASKED: dict[str, Text] = {
    "base": {
        "fr": "adresse sous laquelle les identifiants seront créés, finie par « / »",
        "en": "address under which identifiers will be made, ending with '/'",
    },
    "title": {"fr": "titre du jeu de données", "en": "title of the dataset"},
    "publisher": {"fr": "qui le publie", "en": "who publishes it"},
}
"""What has no default: asked at a terminal where the option is missing."""

TEXTS: dict[str, Text] = {
    "folder": {"fr": "dossier à créer, ou vide", "en": "folder to make, or an empty one"},
    "title_en": {"fr": "titre en anglais (sinon le même)", "en": "title in English (else the same)"},
    "description": {"fr": "description du jeu de données", "en": "description of the dataset"},
    "licence": {
        "fr": f"adresse de la licence (sinon {LICENCE})",
        "en": f"address of the licence (else {LICENCE})",
    },
    "kind": {
        "fr": "sorte de contrat, au singulier, s'il n'est pas un contrat local de santé",
        "en": "kind of contract in French, singular, where it is no local health contract",
    },
    "kind_plural": {"fr": "la même au pluriel (sinon deviné)", "en": "the same, plural (else guessed)"},
    "kind_en": {"fr": "la même en anglais (sinon en français)", "en": "the same in English (else in French)"},
    "kind_en_plural": {"fr": "et son pluriel (sinon deviné)", "en": "and its plural (else guessed)"},
    "language": {
        "fr": "langue des fichiers écrits et du jeu de données (sinon celle des messages)",
        "en": "language of the files written and of the dataset (else that of messages)",
    },
    "date": {"fr": "date de la version (sinon aujourd'hui)", "en": "date of the version (else today)"},
    "json": {"fr": "dit en JSON ce qui a été écrit", "en": "say as JSON what was written"},
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=TEXTS["folder"][lang])
    for name, text in ASKED.items():
        parser.add_argument(f"--{name}", metavar="URL" if name == "base" else "TEXT", help=text[lang])
    parser.add_argument("--title-en", metavar="TEXT", default="", help=TEXTS["title_en"][lang])
    parser.add_argument("--description", metavar="TEXT", default="", help=TEXTS["description"][lang])
    parser.add_argument("--licence", metavar="URL", default=LICENCE, help=TEXTS["licence"][lang])
    for name in ("kind", "kind_plural", "kind_en", "kind_en_plural"):
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, metavar="TEXT", default="", help=TEXTS[name][lang])
    parser.add_argument("--language", choices=("fr", "en"), help=TEXTS["language"][lang])
    parser.add_argument("--date", metavar="DATE", help=TEXTS["date"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])


def run(args: argparse.Namespace) -> int:
    """Ask for what is missing, write the corpus. Raises ``UsageError``, ``OutputError``."""
    free(args.folder)  # said before the questions
    identity = Identity(
        base=args.base or "",
        title=args.title or "",
        publisher=args.publisher or "",
        date=args.date or datetime.date.today().isoformat(),
        title_en=args.title_en,
        description=args.description,
        licence=args.licence,
        language=args.language or args.lang,
        kind=args.kind,
        kind_plural=args.kind_plural,
        kind_en=args.kind_en,
        kind_en_plural=args.kind_en_plural,
    )
    missing = [name for name in ASKED if not getattr(identity, name)]
    if missing and not (sys.stdin.isatty() and sys.stderr.isatty()):
        options = ", ".join(f"--{name}" for name in missing)
        raise UsageError(f"il manque {options}.", f"{options} missing.")
    for name in missing:
        identity = _ask(identity, name, args.lang, input)
    files = create(args.folder, identity)
    if args.json:
        print(json.dumps({"folder": str(args.folder), "base": identity.base, "files": files}, indent=2))
        return 0
    told = {
        "fr": "{folder} : corpus vide sous {base}. La suite est dans {folder}/README.md.",
        "en": "{folder}: empty corpus under {base}. What comes next is in {folder}/README.md.",
    }[args.lang]
    print(told.format(folder=args.folder, base=identity.base))
    return 0


def _ask(identity: Identity, name: str, lang: str, answer: Callable[[], str]) -> Identity:
    """One question, again until the answer does."""
    while True:
        print(
            f"{ASKED[name][lang]} ? " if lang == "fr" else f"{ASKED[name][lang]}? ", end="", file=sys.stderr
        )
        sys.stderr.flush()
        try:
            given = answer().strip()
        except EOFError:
            raise UsageError(f"il manque --{name}.", f"--{name} missing.") from None
        tried = Identity(**{**identity.__dict__, name: given})
        wrong = [text[lang] for option, text in faults(tried) if option == name]
        if not wrong:
            return tried
        print(f"  → {wrong[0]}", file=sys.stderr)
