"""How the film looks."""

from __future__ import annotations

from storyboard.vocabulary.table import Table

STYLES = Table(
    "style",
    {
        "papercut": (
            "paper cut, paper-cut, paper, cut paper, cutout, cut-out, paper collage",
            "бумага, аппликация, бумажная аппликация, вырезка из бумаги, бумажный, вырезанное из бумаги",
        ),
        "silhouette": (
            "silhouettes, shadow play, shadow theatre, shadow puppet, lotte reiniger",
            "силуэт, силуэты, театр теней, теневой театр",
        ),
        "flat": (
            "flat design, vector, flat colour, flat color, minimal, minimalist",
            "плоский, плоский дизайн, вектор, векторный, минимализм, плоская графика",
        ),
        "watercolour": (
            "watercolor, water colour, aquarelle, painting, painted",
            "акварель, акварельный, живопись",
        ),
        "noir": (
            "film noir, black and white, black-and-white, monochrome, b&w",
            "нуар, чёрно-белый, черно-белое, чб, ч/б, черно-белый",
        ),
        "cyberpunk": (
            "neon, cyber punk, synthwave, neon noir, sci-fi",
            "киберпанк, неон, неоновый, научная фантастика",
        ),
        "storybook": (
            "story book, picture book, fairy tale, fairytale, children's book, illustrated",
            "книжная иллюстрация, сказка, детская книга, сказочный, иллюстрация, книжка с картинками",
        ),
        "cinematic": (
            "cinema, film, movie, realistic, photorealistic, photo-realistic",
            "кино, кинематографичный, кинематограф, реалистичный, фильм, фотореализм",
        ),
    },
)
