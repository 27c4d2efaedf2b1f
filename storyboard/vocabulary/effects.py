"""Sounds that can be made without a file: ambiences and single events."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

EFFECTS = Table(
    "effect",
    {
        "wind": ("breeze, gale", "ветер, ветра, вой ветра"),
        "leaves": ("rustling leaves, rustle, foliage", "листья, листва, шелест, шелест листьев, шорох листьев"),
        "rain": ("rainfall, downpour, heavy rain", "дождь, дождя, шум дождя, ливень"),
        "drizzle": ("light rain, soft rain", "морось, мелкий дождь, тихий дождь, дождик"),
        "rain on roof": (
            "rain on the roof, rain indoors, rain on window, rain from inside",
            "дождь по крыше, дождь за окном, дождь по стеклу",
        ),
        "storm": ("thunderstorm, tempest", "гроза, буря, шторм"),
        "sea": ("waves, ocean, surf", "море, волны, прибой, шум моря, океан"),
        "stream": ("river, brook, water, creek", "ручей, река, вода, журчание ручья, журчание"),
        "fire": ("campfire, fireplace, flames, crackling fire", "огонь, костёр, камин, пламя, треск костра"),
        "birds": ("birdsong, bird, bird song, chirping", "птицы, пение птиц, птичье пение, птица, щебет"),
        "crickets": ("cricket, cicadas, grasshoppers", "сверчки, сверчок, цикады, кузнечики"),
        "city": ("traffic, street, cars, street noise", "город, улица, шум города, машины, шум улицы"),
        "crowd": ("people, chatter, audience, murmur", "толпа, голоса, люди, гул толпы, гомон"),
        "room": ("room tone, interior, silence, quiet room", "комната, тишина, тишина комнаты, фон комнаты"),
        "night": ("night ambience, night sounds", "ночь, звуки ночи, ночные звуки"),
        "train": (
            "locomotive, railway, steam train",
            "поезд, паровоз, железная дорога, электричка, стук колёс, стук колес",
        ),
        "thunder": ("thunderclap, lightning", "гром, раскат грома, молния, удар грома"),
        "footsteps": ("steps, footstep, walking", "шаги, звук шагов, шаг, поступь"),
        "thud": ("bump, impact, thump, hit, knock, crash", "удар, глухой удар, стук, падение"),
        "bell": (
            "bells, chime, church bell, doorbell, toll",
            "колокол, колокольчик, звонок, звон, колокольный звон",
        ),
        "door": (
            "door slam, door opens, creaking door, door creak",
            "дверь, скрип двери, хлопок двери, стук двери",
        ),
        "cave": ("cavern, dripping, drips, echo", "пещера, капли, капель, эхо, подземелье"),
        "snow": ("snowfall, blizzard, snowstorm", "снег, метель, вьюга, снегопад"),
    },
)

ONCE = frozenset({"thunder", "thud", "bell", "door"})
"""Effects that are single events; the others go on."""

AMBIENCE_LEVEL, EVENT_LEVEL, STEPS_LEVEL = -18.0, -10.0, -14.0


def usual_level(effect: str) -> float:
    """The level of an effect of which none is written, in dB: at 0 it would be as loud as a voice."""
    if effect == "footsteps":
        return STEPS_LEVEL
    return EVENT_LEVEL if effect in ONCE else AMBIENCE_LEVEL
