"""How much of the scene the camera sees."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

SHOTS = Table(
    "shot",
    {
        "extreme wide": (
            (
                "extreme wide shot, =ews, =els, very wide shot, =very wide, establishing shot, =establishing, extreme "
                "long shot, panorama shot, aerial shot"
            ),
            "=дальний, дальний план, сверхобщий план, =сверхобщий, панорамный план",
        ),
        "wide": ("=wide, wide shot, =ws, long shot, =long, full shot, =full, =ls", "=общий, общий план"),
        "medium": (
            (
                "=medium, medium shot, =ms, mid shot, =mid, waist shot, american shot, cowboy shot, medium wide "
                "shot, =medium wide"
            ),
            "=средний, средний план, американский план, поясной план, =поясной",
        ),
        "two-shot": (
            "two shot, =two, =2-shot, =2s, over the shoulder, over-the-shoulder shot, =ots",
            "план на двоих, двойной план, =двойной, =на двоих, диалоговый план",
        ),
        "close-up": (
            (
                "close up, closeup, =close, =cu, close shot, extreme close-up, head shot, tight shot, =portrait, "
                "medium close-up, =ecu, =mcu, =bcu, =xcu"
            ),
            "=крупный, крупный план, крупным планом, =портрет, очень крупный план, деталь",
        ),
    },
)
