"""What somebody does in a scene."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

ACTIONS = Table(
    "action",
    {
        "stand": (
            (
                "stands, standing, =idle, =wait, waits, waiting, stop, stops, =pose, stood, =still, halt, halts, "
                "pauses, pause, stays, stay, look, looks, looking, looks at, looks down, watches, watch, watching, "
                "studies, study, studying, stares, staring"
            ),
            (
                "стоять, стоит, стоят, стоя, ждать, ждет, ждут, останавливается, останавливаются, остановился, "
                "=стойка, замирает, замирают, смотрит, смотрят, смотреть, глядит, глядят, разглядывает, "
                "рассматривает, наблюдает, встает, остается"
            ),
        ),
        "walk": (
            (
                "walks, walking, hike, hikes, hiking, stroll, strolls, =go, goes, going, wander, wanders, climb, "
                "climbs, climbing, march, strides, shuffles, trudges, limps, creeps, sneaks, tiptoes, walks across, "
                "crosses the, crossing, paces"
            ),
            (
                "идти, идет, идут, шагать, шагает, шагают, гулять, гуляет, бредет, бродит, прогуливается, шел, шла, "
                "!поднимается, !поднимаются, ходит, идя, карабкается, ступает, крадется, ковыляет, плетется, "
                "бредут, гуляют"
            ),
        ),
        "run": (
            (
                "runs, running, ran, jog, flee, flees, fleeing, chase, chases, rush, rushes, rushing, hurry, "
                "hurries, dash, dashes, gallops, gallop"
            ),
            (
                "бежать, бежит, бегут, бег, бегать, бегает, бежал, мчится, мчатся, удирает, убегает, спешит, "
                "торопится, скачет, скачут"
            ),
        ),
        "sit": (
            "sits, sitting, sat, seated, =rest, sit down, sits down, lounges",
            ("сидеть, сидит, сидят, !сел, !села, !садится, !садятся, !садясь, сидя, отдыхает, присаживается"),
        ),
        "kneel": (
            "kneels, kneeling, knelt, crouch, crouches, crouching, bow, bows, pray, prays",
            (
                "на коленях, стоит на коленях, опускается на колени, становится на колени, колени, присел, "
                "приседает, кланяется, молится, встать на колени"
            ),
        ),
        "talk": (
            (
                "talks, talking, speak, speaks, speaking, say, says, saying, tell, tells, argue, argues, shout, "
                "shouts, whisper, whispers, sing, sings, explain, explains, ask, asks, answer, answers"
            ),
            (
                "говорить, говорит, говорят, разговаривает, беседует, рассказывает, кричит, шепчет, поет, спорит, "
                "объясняет, спрашивает, отвечает, разговаривают, беседуют, поют, спорят"
            ),
        ),
        "listen": (
            "listens, listening, hear, hears, =nod, nods",
            "слушать, слушает, слушают, прислушивается, прислушиваются, внимает, кивает, слышит, слышат",
        ),
        "wave": (
            (
                "waves, waving, waved, greet, greets, beckon, beckons, waves her hand, waves his hand, waves a hand, "
                "waving her hand, waving his hand, waves goodbye, wave goodbye"
            ),
            (
                "махать, машет, машут, помахать, приветствует, машет рукой, машут рукой, машет руками, машут руками, "
                "машет платком, махать рукой"
            ),
        ),
        "point": (
            "=point, points, pointing, point at, points at, pointed, gesture, gestures, indicates",
            "указывать, указывает, показывает, показывать, указывает рукой, указывая, указывают",
        ),
        "raise": (
            (
                "raises, raising, raises her hand, raises his hand, raises her arms, raises his arms, "
                "lift, lifts, lifting, =raise hands, arms up, cheer, cheers, celebrates, picks up, pick up"
            ),
            (
                "поднимать руки, поднимает руки, поднимать, поднимает, поднимают, воздевает руки, ликует, поднимает "
                "руку, =поднять, поднимая"
            ),
        ),
        "carry": (
            "carries, carrying, bring, brings, holds, holding, hold, hauls, drags",
            "нести, несет, несут, носит, держит, держать, держат, тащит, принес, приносит",
        ),
        "hold light": (
            (
                "holds a lantern, with a lantern, holding a candle, holds a candle, with a candle, holds a torch, "
                "with a torch, hold a light, holds a light, holding a light, holding light, holds the light, "
                "holding the light, holds up a light, holding up a light, with a light, carries a light, carrying a "
                "light, carries a lantern, carrying a lantern, holding a lantern, raises a lantern, lifts a lantern, "
                "shines a light"
            ),
            (
                "со свечой, держит свечу, держит фонарь, с фонарем, с факелом, держит факел, несет свечу, несет "
                "фонарь, светит, поднимает фонарь, со свечкой, "
                "держит свет, держа фонарь, держа свечу, держа факел, держит огонь, с огнем в руке"
            ),
        ),
        "look up": (
            "looks up, looking up, gaze up, gazes up, gaze, gazes, stares up, look upwards, looks upwards",
            (
                "смотреть вверх, смотрит вверх, поднимает глаза, глядит вверх, взгляд вверх, вверх, поднимает "
                "голову, смотрит на небо"
            ),
        ),
        "turn": (
            ("turns, turning, turned, turn around, turns around, look back, looks back, spin, spins, dances, dancing"),
            (
                "поворачивается, оборачивается, обернуться, повернуться, поворот, кружится, оглядывается, танцует, "
                "танцуют, поворачиваются, оборачиваются, кружатся"
            ),
        ),
        "enter": (
            (
                "enters, entering, come, comes, coming, came, come in, comes in, arrive, arrives, arriving, "
                "appears, appear, approach, approaches, approaching"
            ),
            (
                "входить, входит, входят, вошел, вошла, войти, появляется, появляются, прибывает, приходит, "
                "приходят, подходит, подходят, выходит на, выходит вперед, выходит к, выходят на, приближается"
            ),
        ),
        "exit": (
            (
                "exits, exiting, leave, leaves, leaving, depart, departs, departing, go out, goes out, walks away, "
                "walk away, goes away, goes off, disappears, disappear, takes the path, takes the road, takes the "
                "trail"
            ),
            (
                "выходить, выходит, выходят, уходить, уходит, уходят, уйти, ушел, ушла, покидает, удаляется, "
                "исчезает, уезжает, уезжают, удаляются"
            ),
        ),
        "fall": (
            "falls, falling, fell, collapse, collapses, stumble, stumbles, faint, faints",
            "падать, падает, падают, упасть, упал, упала, спотыкается, валится, обморок",
        ),
        "hug": (
            "hugs, hugging, embrace, embraces, embracing",
            "обнимать, обнимает, обнимают, обнимаются, обняться, обнять, объятие",
        ),
    },
)
