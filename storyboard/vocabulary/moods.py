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
            "peaceful, serene, quiet, relaxed, gentle, tender, soft, romantic, love",
            "спокойный, спокойно, спокойствие, мирный, тихий, тихо, нежный, умиротворение, романтика, покой",
        ),
        "tense": (
            "suspense, dark, ominous, scary, danger, fear, anxious, dramatic, thriller, horror",
            "напряжение, напряженный, тревога, тревожный, мрачный, опасность, страх, саспенс, драма",
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
            "epic, triumphant, brave, march, victory, adventure, determined, triumph",
            "героический, эпический, эпик, триумф, торжественный, победа, марш, приключение",
        ),
        "mysterious": (
            "mystery, enigmatic, eerie, strange, noir, secret, detective",
            "тайна, таинственный, загадочный, загадка, нуар, странный, детектив",
        ),
        "playful": (
            "funny, comic, comedy, humorous, light, quirky, whimsical",
            "игривый, шутливый, комедия, смешной, забавный, юмор, лёгкий",
        ),
        "melancholy": (
            "melancholic, nostalgic, nostalgia, wistful, longing, bittersweet, lonely",
            "меланхолия, меланхоличный, ностальгия, тоска, одиночество, светлая грусть",
        ),
    },
)
