"""The clip itself: views of the scene's plates in turn, dissolved into each other, with the scene's words over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scenes.backend import ClipPlan, ClipRequest, Frame, Refusal
from scenes.backends.pictures.camera import Camera, inverse
from scenes.backends.pictures.dissolving import Bridge, bridge, glide, plain
from scenes.backends.pictures.opening import Plate, open_plate
from scenes.backends.pictures.timing import shots_of
from storyboard.errors import InterruptedRender


def animate(
    request: ClipRequest,
    plan: ClipPlan,
    notes: list[str],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Iterator[Frame]:
    """Yield the frames, with never more pictures in memory than are seen at once."""
    from scenes.lettering import lettered, lettering_notes, words_of

    words, whole = words_of(request.scene), plan.frames / float(plan.rate)
    notes.extend(lettering_notes(words, plan.width, plan.height, whole))
    reel = Projector(request, plan, notes)
    for place in range(plan.frames):
        if cancelled():
            raise InterruptedRender("stopped while pictures were being animated", "run again; it goes on from here")
        frame = reel.frame(place)
        progress((place + 1) / plan.frames)
        yield lettered(frame, words, place / float(plan.rate), whole)


class Projector:
    """Shows a scene's pictures frame by frame; holds the plates and the motion between them while they are seen."""

    def __init__(self, request: ClipRequest, plan: ClipPlan, notes: list[str]) -> None:
        from scenes.moves import MOVES

        self.request, self.plan, self.notes = request, plan, notes
        self.camera = Camera(MOVES[request.scene.camera], plan, request.seed, request.draft)
        self.shots = shots_of(request)
        self.plates: dict[int, Plate] = {}
        self.bridges: dict[int, Bridge | None] = {}

    def frame(self, place: int) -> Frame:
        """The picture at a frame of the clip."""
        seen = self._shown(place)
        if not seen:
            raise Refusal(
                f"scene '{self.request.scene.id}' has no picture for frame {place}", "check `at:` of its keyframes"
            )
        if len(seen) == 2 and (motion := self._motion(seen[1])) is not None:
            return self._guided(motion, seen[1], place)
        frame = self._view(seen[0], place)
        for index in seen[1:]:
            frame = plain(frame, self._view(index, place), self.shots[index].weight(place))
        return frame

    def _shown(self, place: int) -> list[int]:
        """Which shots are seen at a frame, from below; lets go of all others."""
        seen = []
        for index, shot in enumerate(self.shots):
            covered = index + 1 < len(self.shots) and self.shots[index + 1].weight(place) >= 1.0
            if shot.weight(place) and not covered:
                seen.append(index)
            else:
                self.plates.pop(index, None)
                self.bridges.pop(index + 1, None)
        return seen

    def _guided(self, motion: Bridge, index: int, place: int) -> Frame:
        """A dissolve along the motion: both pictures through one window, which glides from camera to camera."""
        part = _smooth(self.shots[index].weight(place))
        plates = [self._plate(index - 1), self._plate(index)]
        shots = self.shots[index - 1 : index + 1]
        wholes = [self.camera.whole(plate) for plate in plates]
        sights = [
            inverse(whole) @ self.camera.sight(plate, shot.part(place))
            for whole, plate, shot in zip(wholes, plates, shots, strict=True)
        ]
        seen = glide(sights[0], sights[1], part)
        views = [
            self.camera.view(plate, shot.part(place), shot.part(place + 0.5), whole @ seen)
            for whole, plate, shot in zip(wholes, plates, shots, strict=True)
        ]
        return motion.at(views[0], views[1], seen, part)

    def _motion(self, index: int) -> Bridge | None:
        """The motion that leads into a shot; says where there is none."""
        if index not in self.bridges:
            from scenes.conform import scale

            plates = (self._plate(index - 1), self._plate(index))
            wholes = [scale(plate.picture, self.plan.width, self.plan.height) for plate in plates]
            self.bridges[index] = bridge(wholes[0], wholes[1])
            if self.bridges[index] is None:
                pair = " and ".join(shot.keyframe.picture for shot in self.shots[index - 1 : index + 1])
                self.notes.append(f"{pair}: no motion leads from one to the other; they dissolve plainly")
        return self.bridges[index]

    def _view(self, index: int, place: int) -> Frame:
        shot = self.shots[index]
        return self.camera.view(self._plate(index), shot.part(place), shot.part(place + 0.5))

    def _plate(self, index: int) -> Plate:
        if index not in self.plates:
            keyframe = self.shots[index].keyframe
            self.plates[index] = open_plate(self.request, keyframe, self.plan, self.camera.move, self.notes)
        return self.plates[index]


def _smooth(part: float) -> float:
    return part * part * (3 - 2 * part)
