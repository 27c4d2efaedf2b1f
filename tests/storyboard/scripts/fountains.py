"""Fountain scripts by chance: headings, action, speech with feelings, in Latin and Cyrillic letters."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

EMOTIONS = {
    "en": ["happy", "sad", "angry", "afraid", "surprised"],
    "ru": ["радость", "грусть", "гнев", "страх", "удивление"],
}
NAMES = {
    "en": ["ADA", "BORIS", "MRS. DALE", "OLD TOM", "JEAN-LUC", "O'NEIL", "GUARD #2"],
    "ru": ["ЛОПАХИН", "ДУНЯША", "ФИРС", "АННА ПЕТРОВНА", "СТАРИК-СТОРОЖ"],
}
HEADINGS = {
    "en": [
        "INT. KITCHEN - NIGHT",
        "EXT. FOREST--DAY",
        "EXT. SEA SHORE - DAWN",
        "INT./EXT. CAR - LATER",
        "INT. ROOM #4#",
    ],
    "ru": ["ИНТ. КОМНАТА - НОЧЬ", "НАТ. ЛЕС. УТРО", "ЭКСТ. БЕРЕГ МОРЯ — РАССВЕТ", "ИНТ. КУХНЯ - ДЕНЬ"],
}
LETTERS = {"en": "abcdefghijklmnopqrstuvwxyz", "ru": "абвгдежзийклмнопрстуфхцчшщыэюя"}


@dataclass(frozen=True)
class Spoken:
    """What a script has somebody say."""

    who: str
    words: str
    manner: str


@dataclass(frozen=True)
class Written:
    """A script, and what is said in it."""

    text: str
    spoken: tuple[Spoken, ...]
    language: str


@st.composite
def sentences(draw: st.DrawFn, language: str) -> str:
    """A sentence that begins with a capital letter and holds signs that Fountain gives a meaning to elsewhere."""
    word = st.text(LETTERS[language], min_size=2, max_size=9)
    words = draw(st.lists(word, min_size=1, max_size=12))
    signs = draw(
        st.sampled_from(["", "", ",", ";", " -", " *", "_", ' "', " (so)", " [x]", " 3:15", " #1", " ~", " @"])
    )
    words[-1] += signs
    text = " ".join(words)
    return text[0].upper() + text[1:] + draw(st.sampled_from([".", "!", "?", "..."]))


@st.composite
def scripts(draw: st.DrawFn) -> Written:
    """A script of up to six scenes."""
    language = draw(st.sampled_from(["en", "ru"]))
    parts: list[str] = ["Title: A film by chance\nAuthor: Nobody"] if draw(st.booleans()) else []
    spoken: list[Spoken] = []
    for _ in range(draw(st.integers(1, 6))):
        parts.append(draw(st.sampled_from(HEADINGS[language])))
        parts += draw(st.lists(sentences(language), min_size=1, max_size=3))
        for _ in range(draw(st.integers(0, 4))):
            one = Spoken(
                draw(st.sampled_from(NAMES[language])),
                " ".join(draw(st.lists(sentences(language), min_size=1, max_size=3))),
                draw(st.sampled_from(["", "", *EMOTIONS[language]])),
            )
            spoken.append(one)
            manner = f"({one.manner})\n" if one.manner else ""
            parts.append(f"{one.who}\n{manner}{one.words}")
            if draw(st.booleans()):
                parts.append(draw(sentences(language)))
    return Written("\n\n".join(parts) + "\n", tuple(spoken), language)
