"""What the music feels like."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

MOODS = Table(
    "mood",
    {
        "wonder": (
            "awe, magical, dreamy, hopeful, inspiring, uplifting, hope",
            "чудо, восторг, волшебство, волшебный, надежда, мечтательный, мечта, вдохновение, восхищение",
        ),
        "calm": (
            "peaceful, serene, quiet, relaxed, gentle, soft",
            "спокойный, спокойно, спокойствие, мирный, тихий, тихо, нежный, умиротворение, покой",
        ),
        "tense": (
            "suspense, danger, fear, anxious, dramatic, thriller, tension, chase",
            "напряжение, напряженный, тревога, тревожный, опасность, страх, саспенс, драма, погоня",
        ),
        "sad": (
            "sorrow, tragic, grief, mournful",
            "грусть, грустный, печаль, печальный, скорбь, трагичный, горе",
        ),
        "joyful": (
            "happy, cheerful, bright, joy, merry, festive, upbeat",
            "радость, радостный, веселый, светлый, праздничный, счастье, бодрый",
        ),
        "heroic": (
            "triumphant, brave, march, victory, adventure, determined, triumph",
            "героический, триумф, торжественный, победа, марш, приключение",
        ),
        "mysterious": (
            "mystery, enigmatic, eerie, strange, secret",
            "тайна, таинственный, загадочный, загадка, странный",
        ),
        "playful": (
            "funny, comic, comedy, humorous, light",
            "игривый, шутливый, комедия, смешной, забавный, юмор, лёгкий",
        ),
        "melancholy": (
            "melancholic, nostalgic, nostalgia, wistful, longing, bittersweet, lonely",
            "меланхолия, меланхоличный, ностальгия, тоска, одиночество, светлая грусть",
        ),
        "romantic": (
            "love, romance, tender, passionate, love theme",
            "романтика, романтический, романтичный, любовь, любовный, страстный",
        ),
        "epic": (
            "battle, war, grand, majestic, trailer, monumental",
            "эпический, эпик, эпично, битва, величественный, грандиозный",
        ),
        "dark": (
            "scary, horror, ominous, sinister, menacing, gloomy",
            "мрачный, мрак, ужас, зловещий, жуткий, хоррор, тёмный",
        ),
        "whimsical": (
            "quirky, fairy tale, fairytale, waltz, circus",
            "причудливый, сказочный, сказка, вальс, цирк, затейливый",
        ),
        "noir": (
            "jazz, jazzy, film noir, detective, smoky, smoky jazz",
            "нуар, джаз, джазовый, детектив, детективный",
        ),
        "folk": (
            "folksy, celtic, rustic, country, pastoral, medieval",
            "фольк, народный, народная, деревенский, кельтский, пастораль",
        ),
        "electronic": (
            "electro, synthwave, techno, cyber, futuristic, retrowave",
            "электронный, электроника, синтвейв, техно, футуристический",
        ),
    },
)
