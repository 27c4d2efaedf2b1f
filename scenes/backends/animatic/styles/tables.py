"""Every style as a table: what it does to colours, layers, figures and the finished frame.

A look is decided here and nowhere else. Data only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scenes.backends.animatic.figure import Colour
from scenes.backends.animatic.light import rgb
from scenes.backends.animatic.styles.hours import LENS, NEON, POSTER, SILVER, TINTED, Hour


@dataclass(frozen=True, slots=True)
class FigureFinish:
    """What a style does to people.

    `layered`: each part throws a narrow shadow on what lies beneath it. `dark`: the whole figure in this colour.
    `grain` is the unevenness of paper or pigment, `coarse` a large one. `shade` scales the turned-away side,
    `soften` blurs (in nine-hundredths of the height) and lets a little of the ground through, `pool` darkens the edge
    as pigment does that dries. `keeps_red`: deep reds stay where colour is drained.
    """

    layered: bool = True
    dark: Colour | None = None
    grain: float = 0.0
    coarse: bool = False
    shade: float = 1.0
    soften: float = 0.0
    pool: float = 0.0
    keeps_red: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """One look.

    Colour: `saturation` 1 is as it is, `lift` pushes towards white, `contre` is how far things against the light go
    to ink, `silhouette` paints all but the sky in ink, `mono` drains colour but for deep reds, `duotone` maps the
    whole picture between its two colours by `duo`. Layers: `texture` of paper, `shadow` that a sheet throws,
    `bevel` a light edge, `outline` a drawn contour, `wash` the watercolour treatment. `clouds` names their kind.
    Frame: `vignette`, `grain` in levels, `bloom` above `bloom_from` (0..255), `contrast`, `gain`, `floor` (colour
    of black). `rim` scales edge light on figures, `rim_colour` is its colour where it is not the light's. `air` scales
    what distance takes, `veil` is the least that it takes. `glints` is the strength of the discs of light behind
    close-ups, `figure` what is done to people. Light: `hours` are its own skies, `gloom` how much of a weather's grey
    it takes, `least` how bright the horizon of its darkest night is, `shafts` scales rays, `lamp` is the colour of
    windows and lanterns where it is not the common one.
    """

    name: str
    saturation: float = 1.0
    lift: float = 0.0
    contre: float = 1.0
    silhouette: bool = False
    mono: float = 0.0
    duotone: tuple[Colour, Colour] = ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    duo: float = 0.0
    texture: float = 0.0
    shadow: float = 0.0
    bevel: float = 0.0
    outline: float = 0.0
    wash: float = 0.0
    clouds: str = "cumulus"
    far_blur: float = 0.0
    near_blur: float = 1.0
    vignette: float = 0.4
    grain: float = 3.0
    bloom: float = 0.2
    bloom_from: int = 170
    contrast: float = 0.2
    gain: Colour = (1.0, 1.0, 1.0)
    floor: Colour = (0.0, 0.0, 0.0)
    rim: float = 1.0
    rim_colour: Colour | None = None
    air: float = 1.0
    veil: float = 0.0
    glints: float = 0.30
    figure: FigureFinish = FigureFinish()
    hours: Mapping[str, Hour] = field(default_factory=dict)
    gloom: float = 1.0
    least: float = 0.27
    shafts: float = 1.0
    lamp: Colour | None = None


STYLES: dict[str, Style] = {
    "papercut": Style(
        "papercut",
        saturation=1.12,
        texture=1.0,
        shadow=0.42,
        bevel=0.16,
        vignette=0.46,
        grain=2.2,
        bloom=0.26,
        bloom_from=165,
        contrast=0.26,
        gain=(1.02, 0.995, 0.97),
        figure=FigureFinish(grain=0.055),
        gloom=0.65,
        least=0.28,
    ),
    "watercolour": Style(
        "watercolour",
        saturation=0.98,
        lift=0.14,
        contre=0.45,
        wash=1.0,
        clouds="wash",
        vignette=0.12,
        grain=1.6,
        bloom=0.0,
        contrast=0.10,
        gain=(1.01, 1.0, 0.98),
        floor=(0.06, 0.05, 0.05),
        rim=0.25,
        near_blur=0.0,
        glints=0.16,
        figure=FigureFinish(grain=0.2, coarse=True, soften=1.0, pool=0.75),
        gloom=0.8,
        least=0.34,
    ),
    "silhouette": Style(
        "silhouette",
        saturation=1.15,
        silhouette=True,
        contre=1.0,
        texture=0.5,
        clouds="wash",
        vignette=0.55,
        grain=2.6,
        bloom=0.4,
        bloom_from=160,
        contrast=0.26,
        rim=2.2,
        veil=0.13,
        figure=FigureFinish(layered=False, dark=(0.035, 0.035, 0.055)),
        hours=TINTED,
        gloom=0.55,
        least=0.44,
    ),
    "flat": Style(
        "flat",
        saturation=1.25,
        lift=0.03,
        contre=0.35,
        shadow=0.12,
        vignette=0.14,
        grain=0.0,
        bloom=0.08,
        bloom_from=200,
        contrast=0.12,
        rim=0.25,
        near_blur=0.5,
        glints=0.16,
        figure=FigureFinish(layered=False, shade=0.45),
        hours=POSTER,
        gloom=0.55,
        least=0.36,
    ),
    "noir": Style(
        "noir",
        saturation=0.55,
        contre=0.9,
        mono=1.0,
        texture=0.25,
        shadow=0.25,
        clouds="wash",
        vignette=0.7,
        grain=4.2,
        bloom=0.50,
        bloom_from=132,
        contrast=1.35,
        gain=(0.88, 0.90, 0.92),
        rim=2.0,
        figure=FigureFinish(grain=0.05, keeps_red=True),
        hours=SILVER,
        gloom=0.75,
        least=0.48,
        shafts=1.4,
    ),
    "cyberpunk": Style(
        "cyberpunk",
        saturation=1.25,
        contre=0.9,
        duo=0.28,
        duotone=(rgb("#0a0626"), rgb("#ff86b8")),
        clouds="wash",
        shadow=0.18,
        vignette=0.55,
        grain=2.6,
        bloom=0.75,
        bloom_from=128,
        contrast=0.65,
        gain=(1.06, 1.0, 1.10),
        floor=(0.02, 0.0, 0.045),
        rim=2.2,
        rim_colour=rgb("#ff4fc3"),
        hours=NEON,
        gloom=0.5,
        least=0.2,
        lamp=rgb("#5ff2ff"),
    ),
    "storybook": Style(
        "storybook",
        saturation=1.02,
        lift=0.05,
        contre=0.4,
        texture=0.8,
        outline=1.0,
        shadow=0.10,
        vignette=0.26,
        grain=1.6,
        bloom=0.10,
        contrast=0.16,
        gain=(1.03, 1.0, 0.94),
        floor=(0.03, 0.025, 0.02),
        rim=0.3,
        near_blur=0.4,
        glints=0.16,
        figure=FigureFinish(grain=0.08),
        gloom=0.7,
        least=0.32,
    ),
    "cinematic": Style(
        "cinematic",
        saturation=0.80,
        texture=0.25,
        air=1.7,
        clouds="wash",
        far_blur=1.0,
        near_blur=1.6,
        vignette=0.55,
        grain=3.0,
        bloom=0.40,
        bloom_from=172,
        contrast=0.50,
        gain=(1.06, 0.99, 0.90),
        floor=(0.0, 0.014, 0.030),
        rim=1.9,
        hours=LENS,
        gloom=0.85,
        least=0.34,
        shafts=1.9,
    ),
}
