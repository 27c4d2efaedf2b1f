"""What the weather is like."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

WEATHERS = Table(
    "weather",
    {
        "clear": (
            "=clear, =sunny, clear sky, cloudless, =fine, =fair, clear skies, blue sky, sunny day",
            "ясно, =ясный, ясное небо, солнечно, безоблачно, =хорошая",
        ),
        "cloudy": (
            "clouds, partly cloudy, =cloud, scattered clouds",
            "облачно, облака, переменная облачность, облачный",
        ),
        "overcast": (
            "grey sky, gray sky, =grey, =gray, =dull",
            "пасмурно, пасмурный, серое небо, хмуро, тучи",
        ),
        "fog": ("foggy, mist, misty, haze, hazy", "туман, туманно, туманный, дымка, мгла"),
        "drizzle": ("light rain, drizzling, =drizzly", "морось, мелкий дождь, моросит, изморось"),
        "rain": (
            "rainy, raining, downpour, pouring rain, heavy rain, rain falls, rain is falling",
            "дождь, дождя, дождливо, дождливый, ливень, под дождем, дождем, льет дождь, идет дождь, !дожди",
        ),
        "storm": (
            "thunderstorm, stormy, tempest, lightning, thunder",
            "гроза, буря, шторм, молния, гром, грозовой, ураган",
        ),
        "snow": (
            "snowy, snowfall, snowing, blizzard, snowstorm, falling snow, snow falls, snow is falling",
            "снег, снегопад, снежно, снежный, метель, идет снег, падает снег, снег падает, вьюга, пурга",
        ),
        "wind": (
            "windy, breeze, breezy, gale, gusts",
            "ветер, ветрено, ветреный, ветра, сильный ветер, ветреная погода",
        ),
    },
)
