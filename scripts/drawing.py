"""Drawings of boxes and arrows as SVG: readable on light and dark, with a title and a description in words,
and the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

STYLE = """\
svg{color-scheme:light dark;background:#fff}text{font:14px system-ui,sans-serif;fill:#1b1b1b}
.name{font-weight:600}.small{font-size:12px;fill:#444}.box{fill:#f2f5fa;stroke:#2b5797}.line{stroke:#2b5797;fill:none}
.head{fill:#2b5797}.word{font-size:12px;fill:#1b1b1b;stroke:#fff;stroke-width:4px;paint-order:stroke}
@media (prefers-color-scheme:dark){svg{background:#15191f}text,.word{fill:#eee}.small{fill:#c4cad3}
.box{fill:#212a36;stroke:#8fb8f2}.line{stroke:#8fb8f2}.head{fill:#8fb8f2}.word{stroke:#15191f}}"""
LINE = 17


@dataclass(frozen=True)
class Box:
    """A box: its middle, its width, its name and the lines below it."""

    id: str
    x: int
    y: int
    width: int
    name: str
    lines: tuple[str, ...] = ()

    @property
    def height(self) -> int:
        """Its height: a line for the name and for each line."""
        return 16 + LINE * (1 + len(self.lines))


@dataclass(frozen=True)
class Arrow:
    """From one box to another, with a word beside it."""

    start: str
    end: str
    word: str = ""


def drawing(
    width: int, height: int, title: str, description: str, boxes: Sequence[Box], arrows: Sequence[Arrow]
) -> str:
    """The drawing as SVG."""
    by = {box.id: box for box in boxes}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="title description">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(description)}</desc>',
        f"<style>{STYLE}</style>",
        '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        'orient="auto"><path class="head" d="M0 0 10 5 0 10z"/></marker></defs>',
    ]
    ends = [(_edge(by[a.start], by[a.end]), _edge(by[a.end], by[a.start]), a.word) for a in arrows]
    parts += [
        f'<path class="line" marker-end="url(#head)" d="M{x1} {y1} {x2} {y2}"/>'
        for (x1, y1), (x2, y2), _ in ends
    ]
    for box in boxes:
        left, top = box.x - box.width // 2, box.y - box.height // 2
        parts.append(
            f'<rect class="box" x="{left}" y="{top}" width="{box.width}" height="{box.height}" rx="5"/>'
        )
        for number, text in enumerate((box.name, *box.lines)):
            kind = "small" if number else "name"
            y = top + 20 + LINE * number
            parts.append(
                f'<text class="{kind}" x="{box.x}" y="{y}" text-anchor="middle">{escape(text)}</text>'
            )
    for (x1, y1), (x2, y2), word in ends:
        x, y = (x1 + x2) // 2, (y1 + y2) // 2 + 4
        if word:
            parts.append(f'<text class="word" x="{x}" y="{y}" text-anchor="middle">{escape(word)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _edge(box: Box, other: Box) -> tuple[int, int]:
    """Where the line from the middle of a box to that of another leaves it."""
    dx, dy = other.x - box.x, other.y - box.y
    scale = min(
        (box.width / 2) / abs(dx) if dx else float("inf"),
        (box.height / 2) / abs(dy) if dy else float("inf"),
    )
    return round(box.x + dx * scale), round(box.y + dy * scale)
