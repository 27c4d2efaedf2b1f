"""The percussion of a passage, what leads into the next one, accents on cuts and last chords.

Pure; knows no sound.
"""

from __future__ import annotations

from audio.composing.form import Bar, Phrase, home
from audio.composing.grooves import FILLS, GROOVES, LEVELS, ORCHESTRAL, STROKES, Groove
from audio.composing.harmony import chord, nearest, voiced
from audio.composing.orchestra import KITS, PLAYERS, within
from audio.composing.sketch import Sketched, Task, drawn


def percussion(task: Task, following: float) -> list[Sketched]:
    """Grooves, fills and swells. `following` is the energy of the passage after this one, 0 before an ending."""
    mood, made = task.passage.mood, []
    if not task.band.get("percussion"):
        return []
    bars = [(phrase, bar) for phrase in task.passage.phrases for bar in phrase.bars]
    for index, (phrase, bar) in enumerate(bars):
        spoken = task.spoken(bar.first, bar.last)
        if spoken and mood.groove not in ("pulse", "boom"):
            continue
        grooves = GROOVES[mood.groove]
        level = task.playable(task.level(phrase, bar), [tuple(groove.values()) for groove in grooves])
        made += _groove(task, phrase, bar, grooves[level])
        if index + 1 == len(bars) and not spoken:
            if mood.groove in FILLS and task.energy >= 0.45 and bar.beats == mood.meter:
                made += _groove(task, phrase, bar, FILLS[mood.groove])
            if following > task.energy + 0.1 or (following and following >= 0.7):
                made += _swell(task, bar, following)
    return made


def _groove(task: Task, phrase: Phrase, bar: Bar, groove: Groove) -> list[Sketched]:
    made = []
    for stroke, pattern in groove.items():
        player, pitch = _struck(task, stroke)
        if not player:
            continue
        for beat, beats, letter in drawn(pattern, bar, task.passage.mood.meter):
            loud = min(1.0, LEVELS[letter] * (task.loudness(phrase, beat) + 0.12))
            made.append(Sketched(player, pitch, beat, max(beats, 0.25), loud))
    return made


def _struck(task: Task, stroke: str) -> tuple[str, int]:
    """Who plays a stroke in this band, and on which key; nobody where the band has not got it."""
    band = task.band["percussion"]
    kit = next((name for name in band if name in KITS), "")
    if stroke in ("timpani", "taiko"):
        drums = [name for name in band if name not in KITS]
        name = stroke if stroke in drums else drums[0] if drums else ""
        if name:
            return name, within(name, nearest((task.key.tonic,), 43 if name == "timpani" else 46))
        return (kit, STROKES["tom low"]) if kit and kit != "brushes" else ("", 0)
    if not kit:
        return "", 0
    return kit, ORCHESTRAL.get(stroke, STROKES[stroke]) if kit == "orchestral drums" else STROKES[stroke]


def _swell(task: Task, bar: Bar, following: float) -> list[Sketched]:
    """A roll that grows through the last two beats."""
    band = task.band["percussion"]
    kit = next((name for name in band if name in KITS), "")
    roller = next((name for name in band if name not in KITS), "")
    if not roller and kit in ("brushes", "drum machine"):
        return []
    player, pitch = (roller, _struck(task, roller)[1]) if roller else _struck(task, "crash")
    count = 16
    return [
        Sketched(
            player, pitch, bar.last - 2 + 2 * k / count, 0.2, 0.12 + (0.25 + 0.35 * following) * (k / count) ** 1.6
        )
        for k in range(count)
    ]


def accent(task: Task, beat: float) -> dict[str, list[Sketched]]:
    """The accent on a cut, by part: everybody at once, loud, as the mood's own players have it."""
    mood, band = task.passage.mood, task.band
    tones = chord(task.key.tonic, mood.home[1 if task.key.minor else 0])
    for phrase in task.passage.phrases[:1]:
        tones = phrase.bars[0].chords[0][1]
    loud = 0.82 + 0.18 * mood.loud
    made: dict[str, list[Sketched]] = {}
    for part, beats in (("harmony", 1.5), ("bass", 2.0)):
        for player in band.get(part, ())[:1]:
            pitches = (
                voiced(tones, (), mood.centres[1], mood.voices) if part == "harmony" else (nearest((tones.root,), 36),)
            )
            made[part] = [Sketched(player, within(player, p), beat, beats, loud) for p in pitches]
    for player in band.get("figure", ())[:1]:
        low = nearest((tones.root,), mood.centres[2] - 12)
        made["figure"] = [Sketched(player, within(player, p), beat, 2.0, loud) for p in (low, low + 12)]
    strokes = ("taiko", "kick", "snare", "crash") if mood.loud >= 0.5 else ("taiko", "kick")
    hit = [_struck(task, stroke) for stroke in strokes] if band.get("percussion") else []
    made["percussion"] = [Sketched(player, pitch, beat, 2.0, loud) for player, pitch in hit if player]
    return made


def ending(task: Task, beat: float, beats: float) -> dict[str, list[Sketched]]:
    """The last chord, by part: the tonic, spread upwards and let ring."""
    mood, band = task.passage.mood, task.band
    tones = home(task.key, mood)
    loud = 0.38 + 0.27 * mood.loud + 0.1 * (task.energy - 0.5)
    before: tuple[int, ...] = ()
    for bar in task.passage.bars:
        for _, sounding in bar.chords:
            before = voiced(sounding, before, mood.centres[1], mood.voices)
    chordal = voiced(tones, before, mood.centres[1], mood.voices)
    made: dict[str, list[Sketched]] = {}
    for player in band.get("harmony", ())[:1]:
        made["harmony"] = [Sketched(player, within(player, p), beat, beats, loud) for p in chordal]
    for player in band.get("bass", ())[:1]:
        low = nearest((tones.root,), 36 if mood.centres[1] >= 48 else 33)
        made["bass"] = [Sketched(player, within(player, low), beat, beats, loud + 0.05)]
    for player in band.get("figure", ())[:1]:
        lowest = nearest((tones.root,), max(mood.centres[2] - 3, PLAYERS[player].range[0] + 6))
        ladder = [p for p in range(lowest, lowest + 25) if p % 12 in tones.classes]
        step = 0.25 if mood.loud < 0.7 else 0.0
        made["figure"] = [
            Sketched(player, within(player, p), beat + k * step, max(0.5, beats - k * step), loud - 0.02 * k)
            for k, p in enumerate(ladder[:5])
        ]
    for player in band.get("melody", ())[:1]:
        if PLAYERS[player].sustains or mood.singing > 0.5:
            top = within(player, nearest((tones.classes[0],), mood.centres[0]))
            made["melody"] = [Sketched(player, top, beat, beats * 0.9, loud + 0.03)]
    if band.get("percussion") and mood.groove:
        strokes = ("timpani", "kick", "crash") if mood.loud >= 0.6 else ("taiko", "triangle")[mood.loud < 0.5 :]
        hit = [_struck(task, stroke) for stroke in strokes]
        made["percussion"] = [
            Sketched(player, pitch, beat, 2.0, loud) for player, pitch in dict.fromkeys(hit) if player
        ]
    return made
