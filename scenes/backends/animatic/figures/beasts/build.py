"""How the four-legged animals are built: measures in their own height, kinds of ears and tail. Data only."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Build:
    """Measures of a four-legged animal in its own height (paws to the top of the head)."""

    back: float
    length: float
    chest: float
    loin: float
    leg: float
    neck: float
    head: Point
    skull: float
    muzzle: float
    ears: str
    tail: str

    @property
    def withers(self) -> Point:
        """Where the fore legs hang, standing."""
        return (0.5 * self.length - 0.08, -self.back + 0.02)

    @property
    def croup(self) -> Point:
        """Where the hind legs hang, standing."""
        return (-0.5 * self.length + 0.08, -self.back + 0.02)


BUILDS = {
    "dog": Build(0.62, 0.62, 0.155, 0.12, 0.05, 0.105, (0.45, -0.83), 0.145, 0.16, "hanging", "up"),
    "wolf": Build(0.66, 0.74, 0.175, 0.13, 0.05, 0.15, (0.53, -0.82), 0.14, 0.19, "pointed", "brush"),
    "cat": Build(0.60, 0.60, 0.14, 0.13, 0.044, 0.1, (0.40, -0.77), 0.19, 0.03, "pointed", "long"),
    "horse": Build(0.64, 0.66, 0.15, 0.14, 0.042, 0.1, (0.46, -0.93), 0.1, 0.2, "small", "hair"),
}
