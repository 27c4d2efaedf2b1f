"""What the words of a script mean to a storyboard: pauses, feelings, actions, sounds, transitions, and parts of a text.

Knows the vocabulary; nothing of formats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from storyboard.vocabulary.actions import ACTIONS
from storyboard.vocabulary.effects import EFFECTS, ONCE
from storyboard.vocabulary.emotions import EMOTIONS
from storyboard.vocabulary.reading import read
from storyboard.vocabulary.stems import stem, tokens
from storyboard.vocabulary.table import find, spot
from storyboard.vocabulary.transitions import TRANSITIONS

LONGEST_PROMPT = 420
"""Letters of a prompt; what goes on longer becomes the scene's moments."""

LONGEST_LINE = 1_200
"""Letters of one line; a longer speech is parted between sentences."""

LONGEST_TEXT = 4_500

_PAUSE = re.compile(
    r"\W*((after |beat, )?(a )?(long |short |brief |\w+ )?(pause|beat|silence)s?"
    r"|(после )?(долгая |короткая |небольшая )?(пауза|паузы)|молчание|молчит)\W*",
    re.IGNORECASE,
)
_HEARD = re.compile(
    r"\b(sfx|sound|sounds|hear|hears|heard|noise|rings?|звук\w*|шум\w*|слыш\w+|доносит\w*|раздаёт\w*|раздает\w*)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b[A-ZА-ЯЁ]{3,}\b")
_FADES = re.compile(r"fade|зтм|затемнен|black|чёрн|черн", re.IGNORECASE)
_IN = re.compile(r"fade\s*in|из\s+(зтм|затемнен)", re.IGNORECASE)


def is_pause(text: str) -> bool:
    """Whether a text says only that nothing is said for a moment."""
    return bool(_PAUSE.fullmatch(text))


_MANNERS = {
    "afraid": "agitated agitatedly hesitant hesitantly trembling stammering stuttering uneasy uneasily panicking "
    "взволнованно взволнованный волнении волнуясь робко дрожа дрожащим неуверенно запинаясь заикаясь тревожно",
    "angry": "shouting shouts yelling yells screaming stern sternly snapping snaps sharply coldly "
    "кричит крича строго резко злобно грубо вскипая",
    "sad": "guilty guiltily ashamed apologetic apologetically виновато виноватый стыдясь пристыженно извиняясь "
    "sobbing sobs sniffling sighing sighs bitterly "
    "всхлипывая всхлипывает вздыхая вздыхает вздохнув горько уныло",
    "happy": "relieved joking jokingly chuckling chuckles giggling playfully teasing laughs "
    "шутя шутливо хихикая смеётся смеясь усмехаясь облегчением игриво",
    "determined": "firm firmly твердо твёрдо решительно уверенно",
    "surprised": "incredulous incredulously stunned ошеломленно ошеломлённо недоуменно недоумённо изумленно изумлённо",
    "tender": "whispering whispers whisper whispered hushed quietly шепотом шёпотом шепчет шепча тихо вполголоса",
    "neutral": "deadpan flatly matter-of-factly равнодушно бесстрастно",
    "tired": "wearily yawning yawns зевая зевает устало",
}
"""Ways of speaking that scripts write in brackets, by the feeling that they are nearest to; beside the vocabulary."""

_MANNER_OF = {stem(word): feeling for feeling, words in _MANNERS.items() for word in words.split()}


def manner_of(text: str) -> str:
    """The feeling in which a speech is said by what stands in brackets before it, or ""."""
    known = (_MANNER_OF.get(stem(word)) for word in tokens(text))
    return emotion_of(text) or next((feeling for feeling in known if feeling), "")


def emotion_of(text: str) -> str:
    """The feeling that a text tells, as the vocabulary calls it, or ""."""
    return find(EMOTIONS, text) or read(text).first("emotion") or ""


def action_of(sentence: str) -> str:
    """What is done in a sentence, as the vocabulary calls it, or ""."""
    return read(sentence).first(ACTIONS.name)


def transition_of(text: str) -> tuple[str, bool]:
    """A transition as a storyboard writes it, and whether it is known; `from black` for one that only opens a scene."""
    bare = re.sub(r"\b(to|на|в|к)\W*$", "", text.strip(" >.:!").strip(), flags=re.IGNORECASE).strip()
    if _IN.search(bare):
        return "from black", True
    if _FADES.search(bare) and not re.search("cross|dissolve", bare, re.IGNORECASE):
        colour = "white" if re.search(r"white|бел", bare, re.IGNORECASE) else "black"
        return f"fade {colour} 1s", True
    known = find(TRANSITIONS, bare) or spot(TRANSITIONS, bare) or ("cut" if re.search(r"\bcut\b", bare, re.I) else None)
    if known in (None, "matte"):
        return "", False
    return known if known == "cut" else f"{known} 1s", True


def sentences(text: str) -> list[str]:
    """The sentences of a text; what stands in quotation marks is not taken apart."""
    found: list[str] = []
    for piece in re.split(r"(?<=[.!?…])\s+|(?<=[.!?…][»”\"'])\s+", text):
        if found and not _balanced(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece:
            found.append(piece)
    return found


def _balanced(text: str) -> bool:
    return text.count('"') % 2 == 0 and text.count("«") <= text.count("»") and text.count("“") <= text.count("”")


def unquoted(text: str) -> str:
    """A text without what stands in quotation marks: signs and titles name nobody."""
    return re.sub(r'"[^"]*"|«[^»]*»|“[^”]*”', " ", text)


def paragraphs(text: str) -> list[str]:
    """A text in parts that a key can hold, split between sentences."""
    return _parts(text, LONGEST_TEXT)


def parted(text: str) -> list[str]:
    """A speech in lines of a sensible length, split between sentences."""
    return _parts(text, LONGEST_LINE)


def _parts(text: str, longest: int) -> list[str]:
    if len(text) <= longest:
        return [text]
    parts: list[str] = []
    current = ""
    for sentence in sentences(text):
        for piece in [sentence[at : at + longest] for at in range(0, len(sentence), longest)]:
            if current and len(current) + len(piece) + 1 > longest:
                parts.append(current)
                current = ""
            current = f"{current} {piece}".strip()
    return [part for part in (*parts, current) if any(map(str.isalnum, part))] or [text[:longest]]


def moments_of(action: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The prompt of a scene, and its beginning, middle and end where there is more than a prompt holds."""
    left = sentences(" ".join(action))
    prompt = ""
    while left and (not prompt or len(prompt) + len(left[0]) < LONGEST_PROMPT):
        prompt = f"{prompt} {left.pop(0)}".strip()
    if not left:
        return prompt, {}
    third = -(-len(left) // 3)
    groups = [" ".join(left[at : at + third]) for at in (0, third, 2 * third)]
    return prompt, {
        name: text[:LONGEST_TEXT] for name, text in zip(("start", "middle", "end"), groups, strict=True) if text
    }


def sounds_of(action: str) -> list[dict[str, Any]]:
    """Sounds that the action tells to be heard: named in capitals, or in a sentence that speaks of hearing."""
    found: dict[str, None] = {}
    for sentence in sentences(action):
        loud = _CAPITALS.findall(sentence) if sentence.upper() != sentence else []
        for text in [*loud, *([sentence] if _HEARD.search(sentence) else [])]:
            effect = spot(EFFECTS, text.lower())
            if effect and (text is sentence or effect in ONCE or effect in ("footsteps", "train", "storm", "wind")):
                found[effect] = None
    return [{"effect": effect} for effect in found]
