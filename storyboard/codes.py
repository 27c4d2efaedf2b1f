"""Every diagnostic code of the storyboard and what it stands for.

Codes are stable: a code is never given a second meaning. `E` stops the work, `W` does not. Knows only words.
"""

from __future__ import annotations

CODES: dict[str, str] = {
    "E101": "The file is not UTF-8 text.",
    "E102": "The file is too large to be a storyboard.",
    "E103": "A character that cannot be seen or that reverses the text around it.",
    "E104": "The file is not well-formed YAML.",
    "E105": "A key is written twice in one mapping.",
    "E106": "A YAML tag; a storyboard holds plain text, numbers, lists and mappings only.",
    "E107": "An anchor or alias that is unknown, circular, or expands too far.",
    "E108": "More than one YAML document in a file.",
    "E109": "The file, or a part of it, is empty.",
    "E110": "Values are nested too deep.",
    "E111": "A key that is not plain text.",
    "E112": "A key with nothing written after it.",
    "E113": "The file holds too many values.",
    "E120": "The format version is missing or not known.",
    "E130": "An unknown key.",
    "E131": "A required key is missing.",
    "E132": "A value of the wrong kind: text where a list is wanted, and so on.",
    "E133": "A number out of its range.",
    "E134": "A time, frame rate, size, level or other quantity that cannot be read.",
    "E135": "A word that the vocabulary does not know.",
    "E136": "An id that is not a usable name.",
    "E137": "A path that is not a plain relative path inside the project.",
    "E138": "Text or a list that is too long or too short.",
    "E150": "A character that is not in `characters`.",
    "E151": "Two scenes with one id.",
    "E152": "A character stands twice in one scene.",
    "E153": "A length rule that this scene cannot follow.",
    "E154": "A scene with nothing to show or say.",
    "E155": "Keys that exclude each other.",
    "E156": "An `order` that does not fit the scenes.",
    "E157": "Scene files that are not there or do not hold a scene.",
    "E158": "An id that is reserved.",
    "E170": "Transitions that do not fit into their scene.",
    "E171": "A scene or transition too short to last a frame.",
    "W201": "A place that the vocabulary does not know; it is kept as text.",
    "W202": "A role that the vocabulary does not know; it is kept as text.",
    "W203": "The lines of a scene of fixed length last longer than the scene.",
    "W204": "A transition after the last scene that has no scene to lead to.",
    "W205": "A character whom no scene uses.",
    "W206": "A scene that begins and ends the film in one transition-length; it is very short.",
    "W207": "More people stand in a scene than a viewer can keep apart.",
    "W208": "A sound that starts after its scene has ended.",
    "W209": "A moment or keyframe that will not be seen because another key replaces it.",
}
"""One line for each code, for `--explain` and the documentation."""
