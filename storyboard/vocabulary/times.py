"""When a scene takes place."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

TIMES = Table(
    "time",
    {
        "dawn": (
            "sunrise, daybreak, first light, early morning, break of day",
            "рассвет, заря, утренняя заря, раннее утро, на рассвете, восход, восход солнца",
        ),
        "morning": ("in the morning, forenoon", "утро, утром, утренний, поутру"),
        "noon": (
            "=day, by day, midday, daytime, afternoon, daylight, =bright, mid-day",
            "полдень, =день, днем, дневной, после полудня, в полдень",
        ),
        "golden hour": (
            "sunset, late afternoon, golden light, evening sun, magic hour",
            "золотой час, закат, на закате, закатный, предзакатный, вечернее солнце, заходящее солнце",
        ),
        "dusk": (
            "evening, twilight, gloaming, nightfall, blue hour",
            "сумерки, вечер, вечером, вечерний, синий час, смеркается",
        ),
        "night": (
            "at night, midnight, starry night, night time, nighttime, night-time",
            "ночь, ночью, ночной, полночь, звездная ночь, в полночь",
        ),
        "moonlit": (
            "moonlight, moonlit night, full moon, by moonlight",
            "лунная ночь, лунный свет, при луне, под луной, полнолуние",
        ),
    },
)
