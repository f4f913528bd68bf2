"""The kinds of value that a record may hold, one table."""

from __future__ import annotations

from typing import Annotated

from cls_graph.records.lexical import (
    COMMUNE,
    CONTRACT_KEY,
    DAY,
    DURATION,
    MONTH,
    TERRITORY,
    THING_KEY,
    THING_PATH,
    VERSION,
    YEAR,
    address,
    amount,
    boolean,
    code,
    context,
    date_of,
    duration,
    integer,
    kind,
    matching,
    number,
    offset,
    plain_text,
)

PlainText = Annotated[str, kind(plain_text, type="string", minLength=1)]
Integer = Annotated[int, kind(integer, type="integer", minimum=1)]
Offset = Annotated[int, kind(offset, type="integer", minimum=0)]
Boolean = Annotated[bool, kind(boolean, type="boolean")]
PartialDate = Annotated[
    str,
    kind(
        date_of("gYear", "gYearMonth", "gMonthDay", "date"),
        type=("string", "integer"),
        pattern=rf"^(?:--{MONTH}-{DAY}|{YEAR}(?:-{MONTH}(?:-{DAY})?)?)$",
    ),
]
PeriodDate = Annotated[
    str,
    kind(
        date_of(
            "gYear",
            "gYearMonth",
            "date",
            fr="une date avec son année est attendue : 2025, 2025-04 ou 2025-04-16",
            en="a date with its year is expected: 2025, 2025-04 or 2025-04-16",
        ),
        type=("string", "integer"),
        pattern=rf"^{YEAR}(?:-{MONTH}(?:-{DAY})?)?$",
    ),
]
FullDate = Annotated[
    str,
    kind(
        date_of(
            "date",
            fr="une date complète est attendue : 2025-04-16",
            en="a full date is expected: 2025-04-16",
        ),
        type="string",
        format="date",
    ),
]
Year = Annotated[
    str,
    kind(
        date_of("gYear", fr="une année est attendue : 2025", en="a year is expected: 2025"),
        type=("string", "integer"),
        pattern=f"^{YEAR}$",
    ),
]
Number = Annotated[str, kind(number, type=("string", "number"))]
Amount = Annotated[str, kind(amount, type=("string", "number"))]
Duration = Annotated[str, kind(duration, type="string", pattern=DURATION)]
Currency = Annotated[
    str,
    kind(
        matching(
            r"^[A-Z]{3}$",
            "un code de monnaie ISO 4217 est attendu (EUR)",
            "an ISO 4217 code is expected (EUR)",
        ),
        type="string",
        pattern="^[A-Z]{3}$",
    ),
]
ItemId = Annotated[
    str,
    kind(
        matching(r"^[0-9]{2,4}$", "un identifiant s'écrit 01, 02, …", "an id is written 01, 02, …"),
        type=("string", "integer"),
    ),
]
ContractKey = Annotated[
    str,
    kind(
        matching(
            CONTRACT_KEY,
            "une clé de contrat est le code du porteur puis un rang, une année ou une lettre (26362-3)",
            "a contract key is the carrier's code, then an ordinal, a year or a letter (26362-3)",
        ),
        type="string",
        pattern=CONTRACT_KEY,
    ),
]
ThingKey = Annotated[
    str,
    kind(
        matching(THING_KEY, "une clé s'écrit comme « ars-84 »", "a key is written like 'ars-84'"),
        type="string",
        pattern=THING_KEY,
    ),
]
ThingPath = Annotated[
    str,
    kind(
        matching(
            THING_PATH,
            "un identifiant retiré s'écrit sans la base : id/contract/26362-3",
            "a withdrawn identifier is written without the base: id/contract/26362-3",
        ),
        type="string",
        pattern=THING_PATH,
    ),
]
TerritoryRef = Annotated[
    str,
    kind(
        matching(
            TERRITORY,
            "un territoire s'écrit niveau/code : commune/26362, epci/200071199",
            "a territory is written level/code: commune/26362, epci/200071199",
        ),
        type="string",
        pattern=TERRITORY,
    ),
]
CommuneRef = Annotated[
    str,
    kind(
        matching(
            COMMUNE,
            "une commune s'écrit commune/code : commune/26362",
            "a commune is written commune/code: commune/26362",
        ),
        type="string",
        pattern=COMMUNE,
    ),
]
Quote = Annotated[str, kind(plain_text, type="string", minLength=1)]


Context = Annotated[str, kind(context, type="string", minLength=1, maxLength=16)]

AssertionStatus = Annotated[str, code("assertion-status")]
ContractStatus = Annotated[str, code("contract-status")]
Determinant = Annotated[str, code("determinant")]
TargetPopulation = Annotated[str, code("target-population")]
Approach = Annotated[str, code("approach")]
OrganisationKind = Annotated[str, code("organisation-kind")]
PartyRole = Annotated[str, code("party-role")]
AxisType = Annotated[str, code("axis-type")]
MilestoneType = Annotated[str, code("milestone-type")]
CountedItem = Annotated[str, code("counted-item")]
FrameworkRelation = Annotated[str, code("framework-relation")]
ReviewState = Annotated[str, code("review-state")]
DocumentType = Annotated[str, code("document-type")]
Reliability = Annotated[str, code("reliability")]
Frequency = Annotated[str, code("frequency")]
FrameworkType = Annotated[
    str,
    kind(
        matching(
            "^(regional-health-project|policy-framework)$",
            "« regional-health-project » ou « policy-framework » est attendu",
            "'regional-health-project' or 'policy-framework' is expected",
        ),
        type="string",
        enum=("regional-health-project", "policy-framework"),
    ),
]
Url = Annotated[
    str,
    kind(
        address(
            r"^https?://[^\s<>\"{}|\\^`]+$",
            "une adresse http(s) est attendue",
            "an http(s) address is expected",
        ),
        type="string",
        format="uri",
    ),
]
Email = Annotated[
    str,
    kind(
        matching(
            r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
            "une adresse électronique est attendue",
            "an e-mail address is expected",
        ),
        type="string",
        format="email",
    ),
]
BaseIri = Annotated[
    str,
    kind(
        address(
            r"^https?://[^\s<>\"{}|\\^`?#]+/$",
            "une adresse http(s) qui finit par « / » est attendue",
            "an http(s) address that ends with '/' is expected",
        ),
        type="string",
        format="uri",
    ),
]
Version = Annotated[
    str,
    kind(
        matching(
            VERSION,
            "une version s'écrit de trois nombres (1.2.3), voir semver.org",
            "a version is written as three numbers (1.2.3), see semver.org",
        ),
        type="string",
        pattern=VERSION,
    ),
]
Language = Annotated[
    str,
    kind(
        matching("^(fr|en)$", "« fr » ou « en » est attendu", "'fr' or 'en' is expected"),
        type="string",
        enum=("fr", "en"),
    ),
]
Sha256 = Annotated[
    str,
    kind(
        matching(
            "^[0-9a-f]{64}$",
            "une empreinte SHA-256 (64 chiffres hexadécimaux en minuscules) est attendue",
            "a SHA-256 digest (64 lower-case hexadecimal digits) is expected",
        ),
        type="string",
        pattern="^[0-9a-f]{64}$",
    ),
]
