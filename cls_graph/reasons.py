"""Why the system refused, in words: Python has them in English only."""

from __future__ import annotations

import csv
import errno
import json

from cls_graph.errors import SystemFailed, Text

_COLON: Text = {"fr": " : ", "en": ": "}
_FRENCH = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "opération non permise",
    errno.ENOENT: "ce fichier ou ce dossier n'existe pas",
    errno.EEXIST: "ce nom est déjà pris",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "un dossier est attendu",
    errno.ENOTEMPTY: "le dossier n'est pas vide",
    errno.ENOSPC: "il n'y a plus de place sur le disque",
    errno.EDQUOT: "le quota du disque est atteint",
    errno.EROFS: "le disque est en lecture seule",
    errno.EFBIG: "le fichier serait trop grand",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.ELOOP: "les liens tournent en rond",
    errno.EIO: "erreur d'entrée ou de sortie",
    errno.ENOMEM: "la mémoire manque",
    errno.EADDRINUSE: "cette adresse est déjà prise",
    errno.EADDRNOTAVAIL: "cette adresse n'est pas celle de cette machine",
    errno.ECONNREFUSED: "la connexion est refusée",
    errno.ECONNRESET: "la connexion a été coupée",
    errno.ECONNABORTED: "la connexion a été coupée",
    errno.EPIPE: "plus personne ne lit à l'autre bout",
    errno.ETIMEDOUT: "pas de réponse à temps",
    errno.ENETUNREACH: "ce réseau est hors d'atteinte",
    errno.EHOSTUNREACH: "cette machine est hors d'atteinte",
}
_JSON: Text = {
    "fr": "ce n'est pas du JSON (ligne {line}, colonne {column})",
    "en": "it is no JSON (line {line}, column {column})",
}
_NO_SUCH_HOST = "ce nom de machine n'est pas connu"


def reason(error: BaseException) -> Text:
    """What the system says, by language; without the file. Of another error, what it says itself.

    >>> reason(FileNotFoundError(errno.ENOENT, "No such file or directory"))["fr"]
    "ce fichier ou ce dossier n'existe pas"
    """
    if isinstance(error, json.JSONDecodeError):
        return {lang: said.format(line=error.lineno, column=error.colno) for lang, said in _JSON.items()}
    if isinstance(error, UnicodeDecodeError):
        return {"fr": "ce n'est pas du texte en UTF-8", "en": "it is no text in UTF-8"}
    if isinstance(error, KeyError):
        return {"fr": f"il y manque « {error.args[0]} »", "en": f"it lacks '{error.args[0]}'"}
    if isinstance(error, csv.Error):
        large = "field limit" in str(error)
        french = "une cellule de plus de 131 072 caractères" if large else "un guillemet mal placé"
        return {"fr": f"{french}, ou un guillemet qui n'est pas fermé", "en": str(error)}
    code, said = (error.errno or 0, error.strerror) if isinstance(error, OSError) else (0, "")
    said = said or str(error) or type(error).__name__
    name = type(error).__name__  # not the class: those of sockets and of TLS are imported by few
    if isinstance(error, TimeoutError):
        code = errno.ETIMEDOUT
    elif name.startswith("SSL"):
        code = 0  # its numbers are not those of the system
    french = _NO_SUCH_HOST if name == "gaierror" else _FRENCH.get(code, said)
    return {"fr": french, "en": said[:1].lower() + said[1:]}


def refused(error: OSError, name: Text | str = "") -> SystemFailed:
    """The same as an error of ours, with ``name``, or the file that it is about where it has one."""
    said = reason(error)
    file = name or ("" if error.filename is None else str(error.filename))
    where = {"fr": file, "en": file} if isinstance(file, str) else file
    fr, en = (where[lang] + (colon if where[lang] else "") + said[lang] for lang, colon in _COLON.items())
    return SystemFailed(f"{fr}.", f"{en}.")
