"""Everything that the library raises, in one tree: over 300 lines, as it has one class an error.

Drawn up in ``docs/errors.md``. Each class has a ``code`` (stable, machine-readable), an
HTTP ``status``, an exit code, and a title and a remedy in French and English. The command
line and the service render from these, through ``describe``; HTTP problems follow RFC 9457.
"""

from __future__ import annotations

from typing import Any, ClassVar

Text = dict[str, str]
"""A sentence by language: ``{"fr": …, "en": …}``."""


class ClsGraphError(Exception):
    """Base of the tree. ``detail`` is the sentence for this occurrence, by language."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 2
    title: ClassVar[Text] = {"fr": "Erreur", "en": "Error"}
    remedy: ClassVar[Text] = {"fr": "", "en": ""}

    def __init__(self, fr: str = "", en: str = "", **extra: Any) -> None:
        super().__init__(en or fr or self.title["en"])
        self.detail: Text = {"fr": fr or en, "en": en or fr}
        self.extra = extra

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.detail, self.extra)

    def describe(self, lang: str = "fr") -> dict[str, Any]:
        """The problem as a mapping: ``type``, ``title``, ``status``, ``detail``, ``remedy`` and extras."""
        problem: dict[str, Any] = {
            "type": f"https://w3id.org/cls-sante/problem/{self.code}",
            "title": self.title[lang],
            "status": self.status,
            "detail": self.detail[lang],
        }
        if self.remedy[lang]:
            problem["remedy"] = self.remedy[lang]
        return problem | {k: v for k, v in self.extra.items() if v is not None}


def _again(kind: type[ClsGraphError], detail: Text, extra: dict[str, Any]) -> ClsGraphError:
    """An error that was raised in another process."""
    return kind(detail["fr"], detail["en"], **extra)


class CorpusError(ClsGraphError):
    """A folder or file of the corpus cannot be used."""

    code = "corpus"
    title = {"fr": "Corpus inutilisable", "en": "Unusable corpus"}


class ChecksFailed(ClsGraphError):
    """The data has violations; carries the findings."""

    code = "checks-failed"
    exit_code = 1
    title = {"fr": "Contrôles non satisfaits", "en": "Checks failed"}
    remedy = {
        "fr": "Corrigez les points signalés, puis relancez.",
        "en": "Mend what is reported, then run again.",
    }


class EndpointFailed(ClsGraphError):
    """What is to be scored is no SPARQL endpoint, or does not answer."""

    code = "endpoint-failed"
    status = 502
    title = {"fr": "Point d'accès SPARQL inutilisable", "en": "Unusable SPARQL endpoint"}
    remedy = {
        "fr": "Donnez l'adresse qui répond à ?query=ASK{}.",
        "en": "Give the address that answers ?query=ASK{}.",
    }


class OutputError(ClsGraphError):
    """A target cannot be written, or is not ours to replace."""

    code = "output"
    title = {"fr": "Écriture impossible", "en": "Cannot write"}


class SystemFailed(ClsGraphError):
    """The system refused a file or folder, and no other error of the tree says more of it."""

    code = "system"
    title = {"fr": "Le système a refusé", "en": "The system refused"}
    remedy = {
        "fr": "Vérifiez que ce chemin existe, vos droits, et la place sur le disque.",
        "en": "Check that this path exists, your permissions, and the space on the disk.",
    }


class SourcesError(ClsGraphError):
    """A source text, or the folder of them, cannot be used."""

    code = "sources"
    title = {"fr": "Textes sources inutilisables", "en": "Unusable source texts"}


class WorkbookError(ClsGraphError):
    """A workbook or CSV file cannot be read as one."""

    code = "workbook"
    status = 400
    title = {"fr": "Classeur inutilisable", "en": "Unusable workbook"}


class QuestionError(ClsGraphError):
    """The file of a ready question cannot be used."""

    code = "question"
    title = {"fr": "Question toute prête inutilisable", "en": "Unusable ready question"}
    remedy = {
        "fr": "Corrigez le fichier, dans cls_graph/queries : CONTRIBUTING.md dit ce qu'il contient.",
        "en": "Mend the file, in cls_graph/queries: CONTRIBUTING.md says what it holds.",
    }


class UsageError(ClsGraphError):
    """The command or request makes no sense as asked."""

    code = "usage"
    status = 400
    title = {"fr": "Demande incomprise", "en": "Request not understood"}


class ServiceError(ClsGraphError):
    """An answer of the query service other than 200."""

    code = "service"


class BadRequest(ServiceError):
    code = "bad-request"
    status = 400
    title = {"fr": "Requête incorrecte", "en": "Bad request"}


class QuerySyntaxError(BadRequest):
    """Extras: ``line``, ``column`` (from 1) and ``excerpt`` (the line of the query)."""

    code = "query-syntax"
    title = {"fr": "Requête SPARQL mal formée", "en": "Malformed SPARQL query"}
    remedy = {
        "fr": "Corrigez la requête à la ligne et à la colonne indiquées.",
        "en": "Mend the query at the line and column given.",
    }


class QueryNotEvaluated(BadRequest):
    """Well-formed, but beyond the engine (an unknown function)."""

    code = "query-not-evaluated"
    status = 422
    title = {"fr": "Requête hors de portée du moteur", "en": "Query beyond the engine"}


class QueryTooComplex(BadRequest):
    """Nesting or length over the limit."""

    code = "query-too-complex"
    title = {"fr": "Requête trop longue ou trop imbriquée", "en": "Query too long or too deeply nested"}
    remedy = {"fr": "Simplifiez la requête.", "en": "Simplify the query."}


class QueryRefused(ServiceError):
    """SERVICE, LOAD and the like."""

    code = "query-refused"
    status = 403
    title = {"fr": "Requête refusée", "en": "Query refused"}


class NotFound(ServiceError):
    code = "not-found"
    status = 404
    title = {"fr": "Introuvable", "en": "Not found"}


class ReleaseMissing(NotFound):
    """Extra: ``available``, the versions that are kept."""

    code = "release-missing"
    title = {"fr": "Version inconnue", "en": "Unknown release"}


class ReleaseDamaged(ServiceError):
    code = "release-damaged"
    title = {"fr": "Version endommagée", "en": "Damaged release"}


class Gone(ServiceError):
    """Published once, and withdrawn since."""

    code = "gone"
    status = 410
    title = {"fr": "Retiré", "en": "Withdrawn"}


class Unauthorized(ServiceError):
    """Carries the challenge of RFC 9110, 11.6.1, as ``headers``."""

    code = "unauthorized"
    status = 401
    title = {"fr": "Jeton requis", "en": "Token required"}
    remedy = {
        "fr": "Envoyez le jeton d'écriture : « Authorization: Bearer … ».",
        "en": "Send the token for writing: 'Authorization: Bearer …'.",
    }
    headers: dict[str, str] = {"WWW-Authenticate": 'Bearer realm="cls-graph"'}


class GraphMissing(NotFound):
    code = "graph-missing"
    title = {"fr": "Graphe inconnu", "en": "Unknown graph"}


class UpdateFailed(ServiceError):
    """A well-formed update that cannot be done."""

    code = "update-failed"
    status = 409
    title = {"fr": "Mise à jour impossible", "en": "Update cannot be done"}


class ShapesBroken(ServiceError):
    """Extra: ``findings``, each with rule, severity, node, message and remedy."""

    code = "shapes-broken"
    status = 422
    title = {"fr": "Écriture contraire aux formes", "en": "Write breaks the shapes"}
    remedy = {
        "fr": "Corrigez les points signalés ; rien n'a été changé.",
        "en": "Mend what is reported; nothing was changed.",
    }


class StorageFailed(ServiceError):
    """The disk did not take the write."""

    code = "storage-failed"
    status = 507
    title = {"fr": "Écriture non enregistrée", "en": "Write not recorded"}
    remedy = {
        "fr": "Vérifiez l'espace disque du dossier du service.",
        "en": "Check the disk space of the folder of the service.",
    }


class NotAcceptable(ServiceError):
    code = "not-acceptable"
    status = 406
    title = {"fr": "Format non disponible", "en": "Format not available"}


class SlowRequest(ServiceError):
    """The request's body did not arrive in time."""

    code = "slow-request"
    status = 408
    title = {"fr": "Envoi trop lent", "en": "Request too slow"}


class TooLarge(ServiceError):
    code = "too-large"
    status = 413
    title = {"fr": "Envoi trop volumineux", "en": "Request body too large"}


class UnsupportedMediaType(ServiceError):
    code = "unsupported-media-type"
    status = 415
    title = {"fr": "Type de contenu non pris en charge", "en": "Unsupported media type"}


class TooManyRequests(ServiceError):
    """The client's own share is used up. Extra: ``retry_after``, in seconds."""

    code = "too-many-requests"
    status = 429
    title = {"fr": "Part de calcul épuisée", "en": "Share of work used up"}
    remedy = {
        "fr": "Attendez la fin de vos requêtes, ou téléchargez les données entières.",
        "en": "Wait for your queries to end, or download the whole data.",
    }


class AnswerCut(ServiceError):
    """Never rendered: the status has gone out, so the connection breaks off."""

    code = "answer-cut"
    title = {"fr": "Réponse trop longue", "en": "Answer too long"}


class QueryCancelled(ServiceError):
    """Stopped by whoever holds its identifier."""

    code = "query-cancelled"
    status = 503
    title = {"fr": "Requête annulée", "en": "Query cancelled"}


class Busy(ServiceError):
    code = "busy"
    status = 503
    title = {"fr": "Service occupé", "en": "Service busy"}
    remedy = {"fr": "Réessayez dans quelques secondes.", "en": "Try again in a few seconds."}


class WorkerLost(ServiceError):
    """The query's process died, for no fault of the query."""

    code = "worker-lost"
    status = 503
    title = {"fr": "Requête interrompue", "en": "Query interrupted"}
    remedy = Busy.remedy


class QueryTimeout(ServiceError):
    code = "query-timeout"
    status = 504
    title = {"fr": "Délai dépassé", "en": "Query timed out"}
    remedy = {
        "fr": "Restreignez la requête (LIMIT, un contrat, un territoire).",
        "en": "Narrow the query (LIMIT, one contract, one territory).",
    }


class QueryOutOfMemory(ServiceError):
    code = "query-memory"
    status = 507
    title = {"fr": "Mémoire épuisée par la requête", "en": "Query ran out of memory"}
    remedy = QueryTimeout.remedy


class StoreFailed(ServiceError):
    """The remote store is away, refuses, or gave an answer that is not whole."""

    code = "store-failed"
    status = 502
    title = {"fr": "Magasin distant en défaut", "en": "The remote store failed"}
    remedy = {
        "fr": "Vérifiez que le magasin répond à son adresse, et ses propres limites.",
        "en": "Check that the store answers at its address, and its own limits.",
    }


def problem_classes() -> list[type[ClsGraphError]]:
    """Every class of the tree, parents first (documentation and tests are made from it)."""
    found: list[type[ClsGraphError]] = [ClsGraphError]
    for cls in found:
        found.extend(cls.__subclasses__())
    return found
