"""What somebody does in a scene."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

ACTIONS = Table(
    "action",
    {
        "stand": (
            "stands, standing, =idle, =wait, waits, waiting, stop, stops, =pose, stood, =still",
            "стоять, стоит, стоят, стоя, ждать, ждет, ждут, останавливается, остановился, =стойка",
        ),
        "walk": (
            (
                "walks, walking, hike, hikes, hiking, stroll, strolls, =go, goes, wander, wanders, approach, "
                "approaches, climb, climbs, comes, march, strides"
            ),
            (
                "идти, идет, идут, шагать, шагает, шагают, гулять, гуляет, бредет, бродит, прогуливается, подходит, "
                "шел, шла, поднимается, ходит, идя, карабкается"
            ),
        ),
        "run": (
            "runs, running, ran, jog, flee, flees, chase, chases, rush, rushes, hurry, hurries, dash, dashes",
            "бежать, бежит, бегут, бег, бегать, бегает, бежал, мчится, удирает, убегает, спешит, торопится",
        ),
        "sit": (
            "sits, sitting, sat, seated, =rest, =sit down, lounges",
            "сидеть, сидит, сидят, сел, села, садится, сидя, отдыхает, присаживается",
        ),
        "kneel": (
            "kneels, kneeling, crouch, crouches, bow, bows, pray, prays",
            (
                "на коленях, стоит на коленях, опускается на колени, становится на колени, колени, присел, "
                "кланяется, молится, встать на колени"
            ),
        ),
        "talk": (
            (
                "talks, talking, speak, speaks, speaking, say, says, tell, tells, argue, argues, shout, shouts, "
                "whisper, whispers, sing, sings, explain, explains, ask, asks, answer, answers"
            ),
            (
                "говорить, говорит, говорят, разговаривает, беседует, рассказывает, кричит, шепчет, поет, спорит, "
                "объясняет, спрашивает, отвечает"
            ),
        ),
        "listen": (
            "listens, listening, hear, hears, =nod, nods",
            "слушать, слушает, слушают, прислушивается, внимает, кивает",
        ),
        "wave": (
            "waves, waving, greet, greets, beckon, beckons",
            "махать, машет, машут, помахать, приветствует, машет рукой",
        ),
        "point": (
            "=point, points, pointing, point at, gesture, gestures, indicates",
            "указывать, указывает, показывает, показывать, указывает рукой, указывая",
        ),
        "raise": (
            "raises, raising, lift, lifts, =raise hands, arms up, cheer, cheers, celebrates",
            "поднимать руки, поднимает руки, поднимать, воздевает руки, ликует, поднимает руку, =поднять",
        ),
        "carry": (
            "carries, carrying, bring, brings, holds, holding, hold, hauls, drags",
            "нести, несет, несут, носит, держит, держать, тащит, принес",
        ),
        "hold light": (
            (
                "holds a lantern, with a lantern, holding a candle, holds a candle, with a candle, holds a torch, "
                "with a torch, hold a light, holds a light, carries a lantern, carrying a lantern, holding a "
                "lantern"
            ),
            (
                "со свечой, держит свечу, держит фонарь, с фонарем, с факелом, держит факел, несет свечу, несет "
                "фонарь, светит"
            ),
        ),
        "look up": (
            "looks up, looking up, gaze up, gazes up, gaze, gazes, stares, studies, looks, look, watches, watch",
            (
                "смотреть вверх, смотрит вверх, поднимает глаза, глядит вверх, смотрит, смотрят, глядит, "
                "разглядывает, рассматривает, взгляд вверх, наблюдает"
            ),
        ),
        "turn": (
            "turns, turning, turn around, turns around, look back, looks back, spin, spins",
            "поворачивается, оборачивается, обернуться, повернуться, поворот, кружится, оглядывается",
        ),
        "enter": (
            "enters, entering, come in, comes in, arrive, arrives, appears",
            "входить, входит, входят, вошел, вошла, войти, появляется, прибывает, приходит",
        ),
        "exit": (
            "exits, exiting, leave, leaves, leaving, depart, departs, go out, goes out, walks away, goes away",
            "выходить, выходит, выходят, уходить, уходит, уходят, уйти, ушел, ушла, покидает",
        ),
        "fall": (
            "falls, falling, fell, collapse, collapses, stumble, stumbles, faint, faints",
            "падать, падает, падают, упасть, упал, упала, спотыкается, валится, обморок",
        ),
        "hug": (
            "hugs, hugging, embrace, embraces",
            "обнимать, обнимает, обнимаются, обняться, обнять, объятие",
        ),
    },
)
