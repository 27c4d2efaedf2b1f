"""Styles as tables: no name of a style outside them, and what a frame is finished with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import scenes.backends.animatic as painter
from scenes.backend import ClipRequest
from scenes.backends.animatic.camera import view_at
from scenes.backends.animatic.compositor import joined, lay_panel, where
from scenes.backends.animatic.culling import panel_of, pieces_of
from scenes.backends.animatic.figures.brush import Tone
from scenes.backends.animatic.layout import layout_of
from scenes.backends.animatic.light import DAYLIGHT
from scenes.backends.animatic.painter import paint_stage
from scenes.backends.animatic.post import Darkroom
from scenes.backends.animatic.scheme import day_of, luma, scheme_of
from scenes.backends.animatic.stage import stage_of
from scenes.backends.animatic.styles.tables import STYLES
from scenes.backends.animatic.weather import WEATHER

RequestOf = Callable[..., ClipRequest]
MINE = (
    "stage", "camera", "compositor", "culling", "projection", "post", "backdrop", "air", "water", "light", "weather",
    "scheme", "noise", "focus", "figures/brush", "figures/relief",
)  # fmt: skip


@pytest.mark.parametrize("module", MINE)
def test_no_style_is_named_in_code(module: str) -> None:
    """What a look does stands in its table; code asks for properties, never for a name (but for the default)."""
    code = (Path(painter.__file__).parent / f"{module}.py").read_text(encoding="utf-8")
    named = set(re.findall(r"[\"']([a-z]+)[\"']", code)) & set(STYLES)
    assert named <= {"papercut"}


def test_silhouettes_stand_out_from_the_ground() -> None:
    """In every hour the ground of a silhouette is clearly lighter than the figure."""
    for time in ("dawn", "noon", "dusk", "night", "moonlit"):
        scheme = scheme_of(time, "clear", "silhouette")
        dark = scheme.figure_light(1.0).silhouette
        assert dark is not None
        assert sum(scheme.tone("grass")) > sum(dark) + 0.12


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("weather", sorted(WEATHER))
def test_no_night_is_without_light(style: str, weather: str) -> None:
    """In every style and weather a night's horizon stands out from the zenith and from ink, and things near are lit."""
    for time in ("night", "moonlit"):
        day = day_of(time, weather, STYLES[style])
        assert luma(day.sky[4]) >= STYLES[style].least - 1e-6
        assert luma(day.sky[4]) > 1.5 * luma(day.sky[0])
        assert luma(day.sky[4]) > luma(day.ink) + 0.1
        assert luma(day.ambient) >= 0.29


def test_hours_of_a_style_are_hours_of_the_day() -> None:
    """Every sky that a style has of its own is of a canonical hour, and is what the scheme shows on a clear day."""
    for style in STYLES.values():
        assert set(style.hours) <= set(DAYLIGHT)
        for time, hour in style.hours.items():
            if hour.sky is not None and luma(hour.sky[4]) > style.least and luma(hour.sky[0]) > 0.3 * style.least:
                assert day_of(time, "clear", style).sky[0] == pytest.approx(hour.sky[0], abs=1e-3)


def test_weather_darkens_a_style_by_its_gloom() -> None:
    """A storm greys and darkens a sky, and less so in a style that takes less of the gloom."""
    style = STYLES["papercut"]
    clear, storm = (day_of("noon", weather, style).sky[2] for weather in ("clear", "storm"))
    mild = day_of("noon", "storm", replace(style, gloom=0.4)).sky[2]
    assert luma(storm) < luma(mild) < luma(clear)
    assert np.ptp(storm) < np.ptp(mild) < np.ptp(clear)


def test_grain_keeps_out_of_the_blacks() -> None:
    """Grain is seen in the middle tones; in the blacks of a hard style hardly any of it is left."""
    layout = layout_of(96, 54, "wide")
    room = Darkroom(replace(STYLES["noir"], vignette=0.0, bloom=0.0), layout, 1, False)
    dark, middle = (room.finish(np.full((54, 96, 4), level, np.uint8), 0).astype(float) for level in (8, 120))
    assert middle.std() > 1.2
    assert dark.std() < 0.5 * middle.std()


def test_noir_keeps_deep_reds_only() -> None:
    """In noir red awnings and a red dress keep their colour, all else is drained."""
    style = STYLES["noir"]
    layout = layout_of(64, 36, "wide")
    frame = np.full((36, 64, 4), (60, 90, 60, 255), np.uint8)
    frame[10:20, 20:30, :3] = (30, 20, 190)
    made = Darkroom(replace(style, bloom=0.0), layout, 1, True).finish(frame, 0).astype(int)
    assert made[15, 25, 0] > made[15, 25, 2] + 60
    assert np.ptp(made[30, 50]) <= 1
    tone = Tone(scheme_of("night", "clear", "noir").figure_light(1.0), "noir")
    red, green = tone((0.7, 0.1, 0.1)), tone((0.1, 0.7, 0.1))
    assert red[0] > 3 * red[2]
    assert green[1] < 3 * green[0]


def test_a_gain_turns_the_whole_frame() -> None:
    """The light's gain darkens each channel by its own factor before the curve."""
    layout = layout_of(64, 36, "wide")
    frame = np.full((36, 64, 4), 200, np.uint8)
    room = Darkroom(replace(STYLES["flat"], contrast=0.0, vignette=0.0, bloom=0.0), layout, 1, True)
    plain, blue = room.finish(frame, 0).astype(float), room.finish(frame, 0, (0.25, 0.25, 0.5)).astype(float)
    assert np.allclose(blue[..., 0], plain[..., 0] * 0.25, atol=1.0)
    assert np.allclose(blue[..., 2], plain[..., 2] * 0.5, atol=1.0)


@pytest.mark.parametrize("camera", ["static", "pan right", "crane up", "dolly in", "truck left"])
def test_what_is_hidden_is_not_missed(request_of: RequestOf, camera: str) -> None:
    """Laying only the pieces that are seen, and joined sheets, gives the picture of laying every sheet whole."""
    stage = stage_of(request_of(160, 90, place="village", camera=camera, frames=24))
    layout, view, t = stage.layout, view_at(stage.camera, 0.4, 0.8), 0.8
    whole, parts = (np.zeros((90, 160, 4), np.uint8) for _ in range(2))
    for sheet in paint_stage(stage):
        panel = panel_of(sheet)
        place = where(panel, view, layout, t, 0.1)
        lay_panel(whole, panel, place, pieces_of([panel], [place[0]], 160, 90)[0], t)
    panels = [panel_of(sheet) for sheet in joined(paint_stage(stage), stage.camera)]
    places = [where(panel, view, layout, t, 0.1) for panel in panels]
    for panel, place, seen in zip(panels, places, pieces_of(panels, [one[0] for one in places], 160, 90), strict=True):
        lay_panel(parts, panel, place, seen, t)
    off = np.abs(whole.astype(int) - parts.astype(int))
    # joined sheets are resampled once and not one by one, which shows at edges only
    assert off.max() <= 32
    assert off.mean() < 0.3
