"""When a scene takes place."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

TIMES = Table(
    "time",
    {
        "dawn": (
            "sunrise, daybreak, sun rises, sun is rising, first light, early morning, break of day",
            (
                "рассвет, заря, утренняя заря, раннее утро, на рассвете, восход, восход солнца, солнце встает, "
                "встает солнце, светает, всходит солнце"
            ),
        ),
        "morning": (
            "in the morning, forenoon",
            "утро, утром, утренний, поутру",
        ),
        "noon": (
            "=day, by day, midday, daytime, afternoon, daylight, =bright, mid-day",
            "полдень, =день, днем, дневной, после полудня, в полдень",
        ),
        "golden hour": (
            "sunset, late afternoon, golden light, evening sun, magic hour, sun sets, sun is setting",
            (
                "золотой час, закат, на закате, закатный, предзакатный, вечернее солнце, заходящее солнце, солнце "
                "садится, садится солнце, солнце заходит"
            ),
        ),
        "dusk": (
            "evening, twilight, gloaming, nightfall, blue hour, gets dark, grows dark, getting dark",
            "сумерки, вечер, вечером, вечерний, синий час, смеркается, темнеет, стемнело",
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
