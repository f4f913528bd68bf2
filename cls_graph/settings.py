"""The settings in force: from the command line, else from the environment, else the default of the table."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cls_graph.setting_table import SETTINGS, Setting

__all__ = ["SETTINGS", "Setting", "Settings", "add_options", "from_options"]


@dataclass(frozen=True)
class Settings:
    """The values in force. Attributes are the names of ``SETTINGS``."""

    host: str = "127.0.0.1"
    port: int = 8000
    cache: str = ""
    catalogue_page: int = 100
    query_timeout: float = 10.0
    query_memory: int = 1024
    inference: str = "fast"
    max_rows: int = 1_000_000
    max_bytes: int = 512 << 20
    max_query_length: int = 100_000
    max_nesting: int = 100
    workers: int = 4
    queue_timeout: float = 5.0
    queue_size: int = 256
    client_long: int = 3
    client_burst: float = 600.0
    client_rate: float = 2.0
    proxies: int = 0
    cache_bytes: int = 64 << 20
    max_body: int = 1_000_000
    max_upload: int = 64 << 20
    write_timeout: float = 30.0
    check_timeout: float = 60.0
    journal_size: int = 64 << 20
    body_timeout: float = 30.0
    header_timeout: float = 15.0
    send_timeout: float = 60.0
    max_connections: int = 1000
    stop_timeout: float = 5.0
    access_log: str = "off"
    public_url: str = ""
    store_dataset: str = "auto"
    store_base: str = ""
    store_rows: int = 0
    store_check: float = 10.0
    store_timeout: float = 300.0
    store_update: str = ""
    store_graphs: str = ""
    old_releases: int = 2

    @classmethod
    def load(cls, given: Mapping[str, Any] | None = None, env: Mapping[str, str] | None = None) -> Settings:
        """Settings from ``given`` (command line, ``None`` = not said), then ``env``, then defaults."""
        env = os.environ if env is None else env
        values: dict[str, Any] = {}
        for row in SETTINGS:
            said = (given or {}).get(row.name)
            if said is not None:
                values[row.name] = said
            elif row.env in env:
                values[row.name] = row.read(env[row.env])
        return cls(**values)


def add_options(parser: argparse.ArgumentParser, command: str, lang: str) -> None:
    """Add an option for each setting of a command."""
    for row in SETTINGS:
        if command in row.commands:
            sentence = row.fr if lang == "fr" else row.en
            parser.add_argument(
                row.option,
                dest=row.name,
                # Kept as text: one reader checks it, whichever way it came.
                default=None,
                metavar=row.kind.__name__.upper(),
                help=f"{sentence} [{row.env}, {row.default!r}]".replace("%", "%%"),
            )


def from_options(args: argparse.Namespace) -> Settings:
    """The settings in force with the options that ``add_options`` added. Raises ``UsageError``."""
    said = {row.name: getattr(args, row.name, None) for row in SETTINGS}
    return Settings.load(
        {row.name: row.read(text, row.option) for row in SETTINGS if isinstance(text := said[row.name], str)}
    )
