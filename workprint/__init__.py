"""Turn a written storyboard into a finished film, and redo only what changed.

The public face: what scripts and plug-ins may rely on. Everything is loaded when it is first used, so that
`import workprint` itself costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audio.score import ComposeRequest as ComposeRequest
    from audio.score import ScoreBackend as ScoreBackend
    from audio.score import Section as Section
    from audio.voice import Trouble as Trouble
    from audio.voice import Utterance as Utterance
    from audio.voice import VoiceBackend as VoiceBackend
    from audio.voice import VoiceInfo as VoiceInfo
    from audio.voice import VoiceRefusal as VoiceRefusal
    from audio.voice import VoiceRequest as VoiceRequest
    from audio.voice import Word as Word
    from projects.progress import Event as Event
    from projects.steps import Work as Work
    from render.blending import dissolve as dissolve
    from render.blending import mask_of as mask_of
    from render.blending import reveal as reveal
    from render.deliveries.deliver import DeliveredFiles as DeliveredFiles
    from render.orders import Delivered as Delivered
    from render.orders import Delivery as Delivery
    from render.orders import FilmPlan as FilmPlan
    from render.orders import ScenePlan as ScenePlan
    from render.transition import Transition as Transition
    from render.transition import Way as Way
    from render.transition import planes as planes
    from render.transition import size_of as size_of
    from render.transition import solid as solid
    from scenes.backend import Capabilities as Capabilities
    from scenes.backend import Clip as Clip
    from scenes.backend import ClipBackend as ClipBackend
    from scenes.backend import ClipPlan as ClipPlan
    from scenes.backend import ClipRequest as ClipRequest
    from scenes.backend import Cost as Cost
    from scenes.backend import Frame as Frame
    from scenes.backend import Problem as Problem
    from scenes.backend import Refusal as Refusal
    from scenes.backend import Speech as Speech
    from scenes.frames import I420 as I420
    from scenes.sound import Footfall as Footfall
    from storyboard.errors import BusyError as BusyError
    from storyboard.errors import Diagnostic as Diagnostic
    from storyboard.errors import DiskError as DiskError
    from storyboard.errors import ExitCode as ExitCode
    from storyboard.errors import InterruptedRender as InterruptedRender
    from storyboard.errors import MissingError as MissingError
    from storyboard.errors import RenderError as RenderError
    from storyboard.errors import Severity as Severity
    from storyboard.errors import StoryboardError as StoryboardError
    from storyboard.errors import WorkprintError as WorkprintError
    from storyboard.film import Aspect as Aspect
    from storyboard.film import Film as Film
    from storyboard.film import Scene as Scene
    from storyboard.rules.rule import Case as Case
    from storyboard.rules.rule import Edit as Edit
    from storyboard.rules.rule import Finding as Finding
    from storyboard.rules.rule import Rule as Rule
    from storyboard.rules.rule import Said as Said
    from storyboard.rules.rule import Wording as Wording
    from workprint.facade import check as check
    from workprint.facade import deliver as deliver
    from workprint.facade import export as export
    from workprint.facade import load as load
    from workprint.facade import plan as plan
    from workprint.facade import render as render
    from workprint.facade import report as report
    from workprint.facade import stage as stage
    from workprint.facade import stems as stems

    __version__: str

_HOMES = {
    "audio.score": ("ComposeRequest", "ScoreBackend", "Section"),
    "audio.voice": ("Trouble", "Utterance", "VoiceBackend", "VoiceInfo", "VoiceRefusal", "VoiceRequest", "Word"),
    "projects.progress": ("Event",),
    "projects.steps": ("Work",),
    "render.deliveries.deliver": ("DeliveredFiles",),
    "render.orders": ("Delivered", "Delivery", "FilmPlan", "ScenePlan"),
    "render.blending": ("dissolve", "mask_of", "reveal"),
    "render.transition": ("Transition", "Way", "planes", "size_of", "solid"),
    "scenes.backend": (
        "Capabilities",
        "Clip",
        "ClipBackend",
        "ClipPlan",
        "ClipRequest",
        "Cost",
        "Frame",
        "Problem",
        "Refusal",
        "Speech",
    ),
    "scenes.frames": ("I420",),
    "scenes.sound": ("Footfall",),
    "storyboard.errors": (
        "BusyError",
        "Diagnostic",
        "DiskError",
        "ExitCode",
        "InterruptedRender",
        "MissingError",
        "RenderError",
        "Severity",
        "StoryboardError",
        "WorkprintError",
    ),
    "storyboard.film": ("Aspect", "Film", "Scene"),
    "storyboard.rules.rule": ("Case", "Edit", "Finding", "Rule", "Said", "Wording"),
    "workprint.facade": ("check", "deliver", "export", "load", "plan", "render", "report", "stage", "stems"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "I420",
    "Aspect",
    "BusyError",
    "Capabilities",
    "Case",
    "Clip",
    "ClipBackend",
    "ClipPlan",
    "ClipRequest",
    "ComposeRequest",
    "Cost",
    "Delivered",
    "DeliveredFiles",
    "Delivery",
    "Diagnostic",
    "DiskError",
    "Edit",
    "Event",
    "ExitCode",
    "Film",
    "FilmPlan",
    "Finding",
    "Footfall",
    "Frame",
    "InterruptedRender",
    "MissingError",
    "Problem",
    "Refusal",
    "RenderError",
    "Rule",
    "Said",
    "Scene",
    "ScenePlan",
    "ScoreBackend",
    "Section",
    "Severity",
    "Speech",
    "StoryboardError",
    "Transition",
    "Trouble",
    "Utterance",
    "VoiceBackend",
    "VoiceInfo",
    "VoiceRefusal",
    "VoiceRequest",
    "Way",
    "Word",
    "Wording",
    "Work",
    "WorkprintError",
    "__version__",
    "check",
    "deliver",
    "dissolve",
    "export",
    "load",
    "mask_of",
    "plan",
    "planes",
    "render",
    "report",
    "reveal",
    "size_of",
    "solid",
    "stage",
    "stems",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its home when it is first asked for."""
    from importlib import import_module

    if name == "__version__":
        value: Any = import_module("importlib.metadata").version("workprint")
    elif name in _HOME_OF:
        value = getattr(import_module(_HOME_OF[name]), name)
    else:
        raise AttributeError(f"module 'workprint' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return __all__
