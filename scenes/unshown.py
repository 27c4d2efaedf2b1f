"""What a scene says of its picture and its author's own pictures or footage cannot take up: they are shown as they are.

Reads words only. Knows no backend.
"""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.film import Part, Scene


def unshown(scene: Scene, *, moved: bool) -> list[str]:
    """Name everything that the words of a scene ask of its picture, for a maker that draws none of it.

    `moved` says that the camera's moves are made all the same.
    """
    said = [
        ("place", scene.place, ""),
        ("time", scene.time, "noon"),
        ("weather", scene.weather, "clear"),
        ("shot", scene.shot, "wide"),
        ("camera", "" if moved else scene.camera, "static"),
    ]
    for beat in scene.beats:
        said += [("time", beat.time, scene.time), ("weather", beat.weather, scene.weather)]
    out = [f"{key}: {word}" for key, word, usual in said if word not in ("", usual)]
    for part in (*scene.cast, *scene.extras):
        out += [called(part), *_doings(part, scene)]
    out += [thing.written for thing in scene.things]
    return list(dict.fromkeys((*out, *scene.unread)))


def asked(part: Part, scene: Scene, kind: str) -> list[str]:
    """What a part does or feels (`kind`: action, emotion) as written and as the moments say, without standing about."""
    pairs = [pair for beat in scene.beats for pair in (beat.actions if kind == "action" else beat.emotions)]
    usual = part.action if kind == "action" else part.emotion
    told = [word for who, word in pairs if who == part.character.id]
    return [word for word in dict.fromkeys((usual, *told)) if word not in ("stand", "neutral", "")]


def called(part: Part) -> str:
    """How a report calls somebody."""
    return part.character.name or part.character.role or part.character.id


def _doings(part: Part, scene: Scene) -> Iterator[str]:
    for kind in ("action", "emotion"):
        for word in asked(part, scene, kind):
            # Whoever has lines talks by himself: nobody asked to see it.
            if (kind, word) != ("action", "talk"):
                yield f"{kind}: {word} of {called(part)}"
