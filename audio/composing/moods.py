"""What the moods of a score mean in music: progressions, modes, texture, players, register and dynamics.

Data only, but for naming. A texture is drawn: each letter of a pattern is one step of a bar, which divides evenly by
its drawing. Knows no film and no sound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from audio.composing.orchestra import Band
from storyboard.vocabulary import moods as written
from storyboard.vocabulary.table import find

Levels = tuple[str, str, str]
"""A texture's pattern where little happens, where more does, and in full."""


@dataclass(frozen=True, slots=True)
class Mood:
    """How a mood sounds.

    Progressions are numerals, one a bar, two with a comma; `major` is for keys in major and `minor` for those in minor,
    as are both of `modes`, `cadence` (the last two bars) and `home` (the last chord). `key` is its own.

    `harmony` is drawn with x (attack), - (hold) and . (rest); `figure` with chord tones 0..9, r (low root), f (its
    fifth), x (whole chord); `bass` with r (root), f (fifth), o (octave), t (third), p (the key's tonic), w (a walking
    step). `centres` are the middle pitches of melody, harmony and figure. `pace` is about how many seconds a motif
    takes, `legato` the sounding part of a melody's note, `singing` the chance that a phrase is sung, `swing` how late
    the second half of a beat comes. `loud` is 0..1, `balance` in dB a part, `room` and `hall` how much of either is
    heard.
    """

    name: str
    key: str
    meter: int
    major: tuple[str, ...]
    minor: tuple[str, ...]
    modes: tuple[str, str]
    cadence: tuple[str, str]
    harmony: Levels
    figure: Levels
    bass: Levels
    groove: str
    band: Band
    centres: tuple[int, int, int]
    loud: float = 0.6
    singing: float = 0.7
    pace: float = 5.5
    legato: float = 0.95
    swing: float = 0.0
    ornaments: float = 0.2
    voices: int = 4
    balance: Mapping[str, float] = field(default_factory=dict)
    room: float = 0.1
    hall: float = 0.2
    home: tuple[str, str] = ("I", "i")


def _band(melody: str, counter: str, harmony: str, figure: str, bass: str, percussion: str = "") -> Band:
    """`flute/horn` names two players in turn."""
    named = {"melody": melody, "counter": counter, "harmony": harmony, "figure": figure, "bass": bass,
             "percussion": percussion}  # fmt: skip
    return MappingProxyType({part: tuple(n for n in names.split("/") if n) for part, names in named.items()})


MOODS: Mapping[str, Mood] = MappingProxyType(
    {
        mood.name: mood
        for mood in (
            Mood(
                "wonder", "D lydian", 4,
                ("Iadd9 II Iadd9 vi7", "IVadd9 I V7sus vi7", "I bVI bVII Iadd9", "Iadd9 iii7 IVmaj7 V7sus"),
                ("iadd9 IV iadd9 bVII", "bVImaj7 bVII iadd9 IV", "bIIIadd9 IV bVI bVII"),
                ("lydian", "dorian"), ("IVadd9 V7sus", "bVImaj7 V7sus"),
                ("x---", "x---", "x-x-"), ("0.2.4.2.", "01234321", "0123456765432123"), ("r---", "r---", "r-f-"),
                "sparkle", _band("flute/horn", "violin/celesta", "strings/choir", "harp/celesta", "double bass",
                                 "orchestral drums/timpani"),
                (79, 64, 66), 0.5, 0.75, 6.0, hall=0.34, room=0.05, balance={"figure": 1.0},
            ),
            Mood(
                "calm", "F major", 4,
                ("Imaj7 IVmaj7 Imaj7 IVmaj7", "Iadd9 vi7 IVmaj7 V7sus", "IVmaj7 iii7 ii7 V7sus"),
                ("iadd9 bVImaj7 bIIImaj7 IV", "i7 v7 bVImaj7 bVII", "iv7 bIIImaj7 bVImaj7 bVII"),
                ("major", "dorian"), ("IVmaj7 V7sus", "iv7 bVII"),
                ("x---", "x---", "x---"), ("0.......", "0...2...", "0..2.1.."), ("r---", "r---", "r---"),
                "", _band("clarinet/flute", "vibraphone", "pad", "harp", "cello"),
                (74, 63, 69), 0.36, 0.5, 11.0, ornaments=0.0, hall=0.24, room=0.08,
                balance={"harmony": -3.0, "counter": -2.0},
            ),
            Mood(
                "tense", "E phrygian", 4,
                ("I5 bII I5 bvii", "I5 I5 bIII+ bII", "iv I5 bII bvii"),
                ("i i bII i", "i viio7 i bII", "i iv viio7 i", "i bvo7 i viio7"),
                ("phrygian dominant", "harmonic minor"), ("bII V7b9", "bII V7b9"),
                ("x---", "x---", "x-x-"), ("0.0.0.0.", "00.00.00", "0010010100100110"),
                ("p...p...", "p.p.p.pp", "pppppppp"),
                "pulse", _band("violin/clarinet", "horn", "tremolo strings", "pizzicato/cello", "double bass",
                               "drums/taiko"),
                (64, 55, 50), 0.58, 0.25, 5.0, legato=0.5, ornaments=0.0, voices=3, room=0.16, hall=0.08,
                balance={"percussion": 1.0, "melody": -2.0, "harmony": 1.0},
            ),
            Mood(
                "sad", "G minor", 4,
                ("I iv I iv6", "vi iii IV iv", "I iii vi iv"),
                ("i iv bVI V", "i bVI iv iih7", "bVI bIII iv V7", "i V7 bVI iv"),
                ("harmonic major", "harmonic minor"), ("iv V7", "iv V7"),
                ("x---", "x-x-", "x-x-"), ("0...1...", "0.1.2.1.", "0.121.12"), ("r---", "r---", "r-f-"),
                "", _band("cello/oboe", "viola", "strings", "piano", "double bass"),
                (55, 58, 60), 0.42, 0.85, 10.0, ornaments=0.1, hall=0.28, room=0.04,
                balance={"figure": -1.0, "harmony": 1.0, "melody": 1.0},
            ),
            Mood(
                "joyful", "G major", 4,
                ("I,IV I,V I,IV V", "I vi ii7 V7", "IV,I ii7,V7 I,vi V7"),
                ("i,IV i,bVII i,IV bVII", "i bIII bVII IV", "bVI bVII i,IV i"),
                ("major", "dorian"), ("ii7 V7", "IV bVII"),
                (".x.x.x.x", ".x.x.x.x", ".x.xxx.x"), ("0.2.1.2.", "02122321", "0212321402123214"),
                ("r...f...", "r.f.r.f.", "r.f.r.ft"),
                "light", _band("flute/trumpet", "violin/glockenspiel", "strings", "guitar/marimba", "bass",
                               "drums"),
                (79, 65, 67), 0.72, 0.95, 3.0, legato=0.7, ornaments=0.5, room=0.12, hall=0.06,
            ),
            Mood(
                "heroic", "Bb major", 4,
                ("I IV I V", "I bVII IV I", "vi IV I V", "I V vi,IV V"),
                ("i IV i V", "i bIII bVII IV", "i v IV bVII"),
                ("major", "dorian"), ("IV V", "IV V"),
                ("x---", "x-x-", "x-xx"), ("0...0.0.", "0.000.000.000.00", "0.002.001.002.12"),
                ("r---", "r...rrf.", "r.rrf.rr"),
                "march", _band("trumpet/horn", "horn/trombone", "brass", "strings", "tuba", "orchestral drums/timpani"),
                (70, 58, 60), 0.78, 0.95, 5.5, legato=0.85, ornaments=0.1, hall=0.2, room=0.08,
                balance={"percussion": 1.0},
            ),
            Mood(
                "mysterious", "B minor", 4,
                ("Imaj7 bvi Imaj7 bvi", "I #ivh7 I bIImaj7", "I bIII I bvi"),
                ("i bvi i bvi", "i #ivo7 i bII", "i6 bVI7 i6 bII", "i #iv i bvi"),
                ("lydian", "harmonic minor"), ("bIImaj7 V7sus", "bII V7b9"),
                ("x---", "x---", "x---"), ("......2.", "0..3..........1.", "0..3..5.....2.4."),
                ("p---", "p---", "p---"),
                "sparkle", _band("bassoon/clarinet", "horn", "choir/strings", "celesta", "double bass",
                                 "orchestral drums"),
                (62, 52, 86), 0.28, 0.45, 11.0, ornaments=0.0, voices=3, hall=0.42, room=0.0,
                balance={"figure": 2.0, "percussion": -4.0},
            ),
            Mood(
                "playful", "C major", 4,
                ("I I V7 I", "I ii7 V7 I", "I,vi ii7,V7 I,vi V7", "IV I V7 I"),
                ("i i V7 i", "i iv V7 i", "i,bVI iv,V7 i,iv V7"),
                ("major", "harmonic minor"), ("ii7 V7", "iv V7"),
                (".x.x", ".x.x", ".x.x.xx."), ("......0.", "0.2.31..", "0.2.3.20.1.2.31."),
                ("r...f...", "r...f...", "r.f.r.t."),
                "blocks", _band("clarinet/xylophone", "flute/oboe", "pizzicato", "marimba/xylophone", "bassoon",
                                "drums"),
                (72, 60, 72), 0.56, 0.9, 3.0, legato=0.45, ornaments=0.6, voices=3, room=0.14, hall=0.0,
            ),
            Mood(
                "melancholy", "A minor", 3,
                ("vi7 IVmaj7 I V7sus", "Imaj7 iii7 vi7 IVmaj7", "IVmaj7 iv6 iii7 vi7"),
                ("i7 bVImaj7 bIIImaj7 bVII", "i bVII bVImaj7 v7", "iv7 bVII7 bIIImaj7 bVImaj7"),
                ("major", "minor"), ("iv6 V7sus", "iv7 V7"),
                ("x--", "x--", "x--"), ("0.....", "0.1.2.", "0.1212"), ("r--", "r--", "r--"),
                "", _band("oboe/violin", "cello", "strings", "guitar", "cello"),
                (71, 57, 62), 0.44, 0.7, 5.0, ornaments=0.15, hall=0.2, room=0.1,
                balance={"harmony": -4.0, "figure": 2.0},
            ),
            Mood(
                "romantic", "Db major", 4,
                ("Imaj9 vi9 ii9 V7sus", "Iadd9 iii7 IVmaj7 iv6", "IVmaj9 V iii7 vi7"),
                ("iadd9 bVImaj7 iv9 V7", "i9 iv9 bVII7 bIIImaj7", "bVImaj7 bVII iadd9 V7b9"),
                ("major", "minor"), ("ii9 V7", "iv9 V7"),
                ("x---", "x-x-", "x-x-"), ("0..1..2..1..", "012321012321", "012343234321"), ("r---", "r-f-", "r-f-"),
                "", _band("violin/strings", "horn/cello", "strings", "piano/harp", "double bass"),
                (72, 60, 58), 0.64, 0.95, 6.0, ornaments=0.35, hall=0.26, room=0.06,
                balance={"melody": 2.0, "figure": 0.5},
            ),
            Mood(
                "epic", "D minor", 4,
                ("vi IV I V", "I bVII bVI bVII", "IV V vi I"),
                ("i bVI bIII bVII", "i i bVI bVII", "iv bVI i bVII"),
                ("mixolydian", "minor"), ("bVI bVII", "bVI bVII"),
                ("x---", "x---", "x-x-"), ("0.0.0.0.", "0010001000100010", "0020102000201021"),
                ("r---", "r.r.r.r.", "rrrrrrrr"),
                "taiko", _band("horn/brass", "trombone/choir", "choir/brass", "strings", "double bass/tuba",
                               "orchestral drums/taiko"),
                (65, 57, 50), 0.92, 0.85, 11.0, legato=0.97, ornaments=0.0, hall=0.3, room=0.05,
                balance={"percussion": 5.0, "bass": 1.0, "harmony": 3.0, "melody": 2.0},
            ),
            Mood(
                "dark", "C phrygian", 4,
                ("I5 I5 bII I5", "I5 bvii bII I5", "I5 bIII+ iv bII"),
                ("i5 i5 bII i5", "i bvi i bII", "i5 iv bII bvii"),
                ("phrygian dominant", "phrygian"), ("bII V7b9", "bII vo7"),
                ("x---", "x---", "x---"), ("........", "0.......", "0.....1."), ("p---", "p---", "p-p-"),
                "boom", _band("trombone/cello", "choir", "strings/pad", "piano", "double bass", "drums/taiko"),
                (45, 45, 36), 0.55, 0.55, 11.0, ornaments=0.0, voices=3, hall=0.36, room=0.0,
                balance={"bass": 3.0, "harmony": 1.0, "percussion": 2.0},
            ),
            Mood(
                "whimsical", "Eb major", 3,
                ("I I+ vi V7", "I bVI7 I V7", "IV #ivo7 I V7", "I III7 vi II7"),
                ("i i+ bIII+ V7", "i #ivo7 V7 i", "bVI bII V7 i"),
                ("major", "harmonic minor"), ("II7 V7", "bII V7"),
                (".xx", ".xx", ".xx"), ("0.....", "0.2.1.", "012321"), ("r..", "r..", "r.f"),
                "waltz", _band("music box/celesta", "oboe/clarinet", "accordion/pizzicato", "harp/celesta", "bassoon",
                               "drums"),
                (84, 62, 74), 0.46, 0.9, 3.0, legato=0.6, ornaments=0.5, voices=3, room=0.12, hall=0.12,
                balance={"harmony": -2.0, "melody": 1.0},
            ),
            Mood(
                "noir", "D dorian", 4,
                ("I69 vi7,VI7 ii9 V7b9", "iii7,VI7 ii9,V7b9 I69 VI7", "IVmaj9 bVII9 I69 V7b9"),
                ("i69 bVI9 iih7 V7b9", "i69 i69,bVI9 iih7,V7b9 i69", "iv9 bVII9 bIIImaj9 V7b9"),
                ("mixolydian", "dorian"), ("ii9 V7b9", "iih7 V7b9"),
                ("....x.......", "..x..x......", "..x..x.x..x."), ("............", "........0.12", "..0.12......"),
                ("r-f-", "rwww", "rwww"),
                "swing", _band("saxophone/muted trumpet", "vibraphone", "piano/electric piano", "guitar", "jazz bass",
                               "brushes"),
                (65, 60, 64), 0.5, 0.8, 5.5, legato=0.85, swing=1.0 / 6.0, ornaments=0.4, room=0.16, hall=0.0,
                balance={"bass": 3.0, "percussion": -2.0, "figure": -3.0},
            ),
            Mood(
                "folk", "G mixolydian", 4,
                ("I bVII IV I", "I V IV I", "I ii IV V"),
                ("i bVII i IV", "i bIII bVII i", "i bVII bVI bVII"),
                ("mixolydian", "dorian"), ("IV bVII", "IV bVII"),
                ("x---", "x---", "x-x-"), ("r.1.f.1.", "r.1203.2", "r.32r.12f.32r123"),
                ("r---", "r.......f.......", "r...f.r."),
                "frame", _band("violin/whistle", "accordion/whistle", "accordion", "guitar", "bass", "drums"),
                (74, 55, 60), 0.58, 0.9, 3.0, legato=0.8, ornaments=0.7, voices=3, room=0.14, hall=0.0,
                balance={"harmony": -5.0, "figure": 3.0},
            ),
            Mood(
                "electronic", "F# minor", 4,
                ("vi IV I V", "IVadd9 V vi7 I", "Iadd9 V vi7 IV"),
                ("i bVI bIII bVII", "bVImaj7 bVII i i", "i7 iv7 bVI bVII"),
                ("major", "minor"), ("IV V", "bVI bVII"),
                ("x---", "x---", "x---"), ("0.2.1.3.", "0213021302130213", "0217213502172135"),
                ("r---", "r.rr..rr", "rrorrror"),
                "four", _band("synth", "synth", "pad", "synth", "synth bass", "drum machine"),
                (76, 60, 71), 0.58, 0.7, 6.0, legato=0.75, ornaments=0.1, room=0.06, hall=0.12,
                balance={"percussion": -1.0, "figure": 2.0, "bass": 3.0, "melody": -2.0},
            ),
        )
    }
)  # fmt: skip

EMOTIONS: Mapping[str, str] = MappingProxyType(
    {
        "neutral": "calm", "happy": "joyful", "sad": "sad", "angry": "tense", "afraid": "tense",
        "surprised": "wonder", "determined": "heroic", "tired": "melancholy", "wonder": "wonder", "tender": "romantic",
    }
)  # fmt: skip
"""What the emotions of scenes sound like."""


def mood_named(name: str) -> Mood | None:
    """The mood of a name, of an emotion or of a kindred word in any language of the storyboard; None for others."""
    word = name.casefold().strip()
    return MOODS.get(word) or MOODS.get(EMOTIONS.get(word, "")) or MOODS.get(find(written.MOODS, word) or "")
