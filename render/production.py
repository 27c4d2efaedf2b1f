"""The production of a film: reads a project, plans it, renders it, and delivers finished files.

The one place where words, disk, clips and sound meet. Two passes: what sets lengths (voices, footage), then everything else.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from audio.casting import Casting, cast
from projects.digests import Digests
from projects.graph import Graph
from projects.history import History
from projects.locking import lock
from projects.plan import Planned, plan
from projects.progress import JsonLines, Note, Reporter, Tee
from projects.runner import Outcome, run
from projects.steps import Artifact, Step
from projects.store import Store
from projects.takes import Takes
from projects.workspace import Workspace, find_workspace
from render import delivery, explain, makers, shooting
from render.lengths import length_steps, scheduled
from render.orders import Delivery, FilmPlan, Order
from render.timeline import Timeline, build_timeline
from storyboard.errors import Diagnostic, MissingError, RenderError, StoryboardError
from storyboard.film import Film
from storyboard.load import read, wants
