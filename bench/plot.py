"""A plot as SVG: lines over two logarithmic axes, legible on light pages and on dark ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

_WIDTH, _HEIGHT = 760, 380
_LEFT, _TOP, _RIGHT, _BOTTOM = 70, 20, 550, 330
_COLOURS = ("#3b82d6", "#d9822b", "#2f9e6e", "#b4539e", "#8a7a2f", "#d0524c")
_INK, _GRID = "#808890", "#80889040"


@dataclass(frozen=True, slots=True)
class Line:
    """What is measured, and its points: size and microseconds."""

    name: str
    points: Sequence[tuple[float, float]]


def drawn(lines: Sequence[Line]) -> str:
    """The plot of one line at least."""
    axes = _Axes([point for line in lines for point in line.points])
    body = [*axes.grid(), *(part for at, line in enumerate(lines) for part in _line(axes, at, line))]
    words = "Microseconds of CPU for each thing asked, against how much is kept or how many listen"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{words}"'
        f' font-family="sans-serif" font-size="12" fill="{_INK}">\n' + "\n".join(body) + "\n</svg>\n"
    )


class _Axes:
    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        self._sizes = _decades([size for size, _ in points])
        self._costs = _decades([cost for _, cost in points])

    def x(self, size: float) -> float:
        """Across, for a size."""
        return _LEFT + (_RIGHT - _LEFT) * _share(size, self._sizes)

    def y(self, cost: float) -> float:
        """Down, for a cost."""
        return _BOTTOM - (_BOTTOM - _TOP) * _share(cost, self._costs)

    def grid(self) -> list[str]:
        """A line and a number for each power of ten."""
        parts = []
        for power in range(self._sizes[0], self._sizes[1] + 1):
            x = self.x(10.0**power)
            parts.append(f'<path d="M{x:.1f} {_TOP}V{_BOTTOM}" stroke="{_GRID}"/>')
            parts.append(f'<text x="{x:.1f}" y="{_BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>')
        for power in range(self._costs[0], self._costs[1] + 1):
            y = self.y(10.0**power)
            parts.append(f'<path d="M{_LEFT} {y:.1f}H{_RIGHT}" stroke="{_GRID}"/>')
            parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:,} µs</text>')
        middle = (_LEFT + _RIGHT) / 2
        parts.append(f'<text x="{middle}" y="{_BOTTOM + 40}" text-anchor="middle">messages kept, or members</text>')
        return parts


def _line(axes: _Axes, at: int, line: Line) -> list[str]:
    colour = _COLOURS[at % len(_COLOURS)]
    points = [(axes.x(size), axes.y(cost)) for size, cost in line.points]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points]
    key = _TOP + 10 + 24 * at
    return [
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *dots,
        f'<circle cx="{_RIGHT + 24}" cy="{key - 4}" r="4" fill="{colour}"/>',
        f'<text x="{_RIGHT + 36}" y="{key}">{escape(line.name)}</text>',
    ]


def _decades(values: Sequence[float]) -> tuple[int, int]:
    least, most = floor(log10(min(values))), ceil(log10(max(values)))
    return least, max(most, least + 1)


def _share(value: float, decades: tuple[int, int]) -> float:
    return (log10(value) - decades[0]) / (decades[1] - decades[0])
