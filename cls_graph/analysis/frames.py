"""Columns as data frames of polars and pandas, with the type that each column has."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from cls_graph.analysis.extras import need
from cls_graph.analysis.values import Column


def polars_frame(columns: Sequence[Column]) -> Any:
    """A ``polars.DataFrame``."""
    pl = need("polars")
    # Columns of things often hold the same things, in another order.
    held: dict[tuple[int, str], Any] = {}
    found = []
    for column in columns:
        key = (id(column.held), column.kind)
        if key not in held:
            held[key] = _series(pl, column)
        series = held[key].alias(column.name)
        found.append(series if column.codes is None else series.gather(column.codes))
    return pl.DataFrame(found)


def _series(pl: Any, column: Column) -> Any:
    """What a column holds, before codes."""
    held, kind = column.held, column.kind
    if kind in ("thing", "text"):
        held = list(held)
    elif kind == "instant":
        held = [None if v is None else v.astimezone(datetime.UTC) for v in held]
    dtype = {
        "integer": pl.Int64,
        "double": pl.Float64,
        "boolean": pl.Boolean,
        "date": pl.Date,
        "datetime": pl.Datetime("us"),
        "instant": pl.Datetime("us", "UTC"),
    }.get(kind, pl.String)
    if kind == "decimal":
        places = [-v.as_tuple().exponent for v in held if v is not None]
        dtype = pl.Decimal(38, max([0, *places]))
    return pl.Series(held, dtype=dtype)


def pandas_frame(columns: Sequence[Column]) -> Any:
    """A ``pandas.DataFrame``. Decimals are those of Python, so that sums of money are exact."""
    pd = need("pandas")
    return pd.DataFrame({column.name: _array(pd, column) for column in columns})


def _array(pd: Any, column: Column) -> Any:
    held, kind = column.held, column.kind
    if kind in ("thing", "text"):
        held = [None if v is None else str(v) for v in held]
    if kind == "instant":
        found = pd.Series(pd.to_datetime(held, utc=True))
    else:
        dtype = {
            "integer": "Int64",
            "double": "Float64",
            "boolean": "boolean",
            "date": "datetime64[s]",
            "datetime": "datetime64[us]",
            "decimal": "object",
        }.get(kind, "string")
        found = pd.Series(held, dtype=dtype)
    return found if column.codes is None else found.take(column.codes).reset_index(drop=True)
