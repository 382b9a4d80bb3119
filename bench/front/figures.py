"""What was measured: medians, with what they were taken of, beside a plain page's and what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing, measured several times; `most` is the budget that its median has to keep to."""

    scenario: str
    what: str
    ours: Sequence[float]
    plain: Sequence[float] = ()
    most: float | None = None
    unit: str = "ms"

    @property
    def holds(self) -> bool | None:
        """Whether the budget is kept; None without one."""
        return None if self.most is None else median(self.ours) <= self.most

    @property
    def ratio(self) -> float | None:
        """How many times as much the plain page takes."""
        if not self.plain or not median(self.ours):
            return None
        return median(self.plain) / median(self.ours)

    def row(self) -> str:
        """A line of the table."""
        ratio = "–" if self.ratio is None else f"{self.ratio:.1f} ×"
        budget = "–" if self.most is None else f"≤ {self.most:g}{self._unit}"
        held = {None: "–", True: "yes", False: "**no**"}[self.holds]
        plain = self._said(self.plain) if self.plain else "–"
        return f"| `{self.scenario}` | {self.what} | {self._said(self.ours)} | {plain} | {ratio} | {budget} | {held} |"

    @property
    def _unit(self) -> str:
        return f" {self.unit}" if self.unit else ""

    def _said(self, values: Sequence[float]) -> str:
        spread = f" ({_short(min(values))} to {_short(max(values))})" if min(values) < max(values) else ""
        return f"**{_short(median(values))}**{self._unit}{spread}"


def share(values: Sequence[float], percent: int) -> float:
    """The value that so many percent of these do not pass."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}" if value >= 0.1 else f"{value:.3f}"
