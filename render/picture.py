"""The picture of a film as steps after its takes: effects, bodies, joins, and one joined film per cut.

Plans only: nothing here opens a clip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from projects.steps import Step
from projects.workspace import Workspace
from render import join, pieces
from render.captions import within
from render.captions.planned import Order, Translated, captions_of, dress_of, is_burned
from render.identity import picture_identity, transition_identity
from render.lengths import author_files
from render.profiles import profile_of
from render.timeline import Body, Timeline
from scenes.treatments import TreatedRequest, treated_identity, trouble
from storyboard.film import (
    Aspect,
    Film,
    Scene,
    Transition,
)
from storyboard.treatments import code_files


@dataclass(frozen=True, slots=True)
class Canvas:
    """One cut in pixels. Drafts are half the size."""

    cut: Aspect
    width: int
    height: int
    draft: bool

    @property
    def tag(self) -> str:
        """`16x9` or `16x9-draft`, as it stands in step names."""
        return f"{self.cut.slug}-draft" if self.draft else self.cut.slug


def canvas_of(film: Film, cut: Aspect, draft: bool) -> Canvas:
    """The canvas of a cut; both sides even."""
    short = film.short_side // 2 if draft else film.short_side
    width, height = cut.canvas(short & ~1)
    return Canvas(cut, width, height, draft)


def piece_steps(
    film: Film,
    timeline: Timeline,
    canvas: Canvas,
    workspace: Workspace,
    *,
    allow_code: bool,
    translated: Translated | None = None,
) -> list[Step]:
    """The bodies and joins of one cut, in the order of the film; burned captions are in the `translated` words."""
    sources = {scene.id: source_name(scene, canvas) for scene in film.scenes}
    order = Order(canvas.cut, film.captioning.burned, burned=True, translated=translated)
    shown, dress = captions_of(film, timeline, order) if is_burned(film) else (), dress_of(film)
    profile = profile_of(film.encoding, canvas.draft)
    size = (canvas.width, canvas.height, film.rate, profile)
    steps = []
    for piece in timeline.pieces:
        span = piece.start, piece.start + piece.frames
        spans = within(shown, *span, by_word=film.captions_by_word, dress=dress)
        plain = Step(
            name=f"{piece.name}@{canvas.tag}",
            kind="",
            call="",
            request=None,
            suffix=".mp4",
            cost=piece.frames * canvas.width * canvas.height / 2e6,
            identity=pieces.identity(burned=bool(spans)),
        )
        if isinstance(piece, Body):
            steps.append(
                replace(
                    plain,
                    kind="body",
                    call="render.pieces:make_body",
                    request=pieces.BodyRequest(piece.first, piece.last, *size, captions=spans),
                    inputs={"take": sources[piece.scene]},
                    scene=piece.scene,
                    label=f"{piece.scene} {canvas.cut}: encode",
                )
            )
        else:
            way, sides = piece.transition, {"before": piece.before, "after": piece.after}
            blend = (way.kind, way.option, piece.tail, piece.head, piece.frames)
            maker = transition_identity(pieces.way_of(way.kind, *sides.values()))
            files, blocked = author_files(workspace, way_material(way))
            steps.append(
                replace(
                    plain,
                    kind="join",
                    call="render.pieces:make_join",
                    request=pieces.JoinRequest(*blend, *size, spans, way.linear, way.softness, way.treatments),
                    inputs={side: sources[scene] for side, scene in sides.items() if scene},
                    files=files,
                    blocked=blocked or trouble(way.treatments, allow_code=allow_code),
                    scene=piece.before or piece.after,
                    label=f"{piece.before or 'opening'} to {piece.after or 'ending'} {canvas.cut}",
                    identity="; ".join(filter(None, (plain.identity, maker, treated_identity(way.treatments)))),
                )
            )
    return steps


def source_name(scene: Scene, canvas: Canvas) -> str:
    """The step whose pictures the film shows of a scene: its take, or the take with the author's effects."""
    return f"{'treated' if scene.effects else 'take'}:{scene.id}@{canvas.tag}"


def treated_step(
    film: Film, scene: Scene, canvas: Canvas, frames: int, workspace: Workspace, *, allow_code: bool
) -> Step:
    """The step that lays the author's effects over a take."""
    files, blocked = author_files(workspace, {name: name for name in code_files(scene.effects)})
    return Step(
        name=source_name(scene, canvas),
        kind="effects",
        call="scenes.treatments:make_treated",
        request=TreatedRequest(scene.effects, frames, canvas.width, canvas.height, film.rate),
        inputs={"take": f"take:{scene.id}@{canvas.tag}"},
        files=files,
        suffix=".mp4",
        scene=scene.id,
        label=f"{scene.id} {canvas.cut}: effects",
        cost=frames * canvas.width * canvas.height / 1e6,
        blocked=blocked or trouble(scene.effects, allow_code=allow_code),
        identity=f"{picture_identity()}; {treated_identity(scene.effects)}",
    )


def way_material(way: Transition) -> dict[str, str]:
    """The author's files that a transition is made from, by the names under which its step knows them."""
    return {**({"matte": way.picture} if way.picture else {}), **{name: name for name in code_files(way.treatments)}}


def film_step(
    film: Film, timeline: Timeline, canvas: Canvas, sound: Sequence[str], generated: bool, scene: str = ""
) -> Step:
    """The step that joins one cut of the film, or of one scene by itself, and lays its sound under it.

    `sound` names the steps that make the coded sound, in order.
    """
    names = [f"{piece.name}@{canvas.tag}" for piece in timeline.pieces]
    order = tuple(f"p{number:04}" for number in range(len(names)))
    heard = tuple(f"s{number:04}" for number in range(len(sound)))
    return Step(
        name=f"clip:{scene}@{canvas.tag}" if scene else f"film@{canvas.tag}",
        kind="film",
        scene=scene,
        call="render.join:make_film",
        request=join.FilmRequest(
            pieces=order,
            sound=heard,
            frames=timeline.frames,
            samples=timeline.samples,
            rate=film.rate,
            chapters=chapters(timeline),
            metadata=metadata(film, generated),
            language=ISO_639_2.get(film.language.split("-")[0].lower(), "und"),
            profile=profile_of(film.encoding, canvas.draft),
        ),
        inputs=dict(zip((*order, *heard), (*names, *sound), strict=True)),
        suffix=".mp4",
        label=f"{scene or 'film'} {canvas.cut}: join",
        cost=timeline.frames / 1000,
        identity=join.IDENTITY,
    )


def chapters(timeline: Timeline) -> tuple[join.Chapter, ...]:
    """One chapter a scene, from where the scene has fully arrived to where the next one has."""
    starts = [0, *(slot.start + slot.overlap_in // 2 for slot in timeline.slots[1:]), timeline.frames]
    return tuple(
        join.Chapter(slot.scene_id, first, last)
        for slot, first, last in zip(timeline.slots, starts, starts[1:], strict=False)
    )


def metadata(film: Film, generated: bool) -> tuple[tuple[str, str], ...]:
    """MP4 tags: title, author, attributions, and the label where a model made a part of the picture."""
    remarks = [*film.credits, *([film.ai_label] if generated else [])]
    tags = {
        "title": film.title,
        "artist": film.author,
        "copyright": "; ".join(film.credits),
        "comment": "; ".join(remarks),
    }
    return tuple((name, value) for name, value in tags.items() if value)


ISO_639_2 = {
    "ar": "ara", "cs": "ces", "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "he": "heb", "hi": "hin", "it": "ita",
    "ja": "jpn", "kk": "kaz", "ko": "kor", "nl": "nld", "pl": "pol", "pt": "por", "ru": "rus", "sv": "swe", "tr": "tur",
    "uk": "ukr", "zh": "zho",
}  # fmt: skip
"""MP4 wants three letters; languages that are not here are marked undetermined."""
