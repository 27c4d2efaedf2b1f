"""What a voice is given to read: the spoken words, each tied to the written ones that it stands for.

Data and the way back: the times of what was spoken become the times of what captions show. Knows no language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audio.reading.timing import by_letters, carry_over
from audio.voice import Word

STRESS = "\u0301"
"""The combining acute accent: it follows the vowel that is stressed."""

_AROUND = ".,;:!?…—()«»“”„\"'"


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a line: the written words (none for a bare symbol) and the words said for them.

    A spoken word may carry STRESS after its stressed vowel. `ipa` is the phonetic transcription that the author asked
    for, or "". `after` is the pause that follows: one of `,` `;` `:` `.` `!` `?` `…` `—`, or "".
    """

    written: tuple[str, ...]
    spoken: tuple[str, ...]
    after: str = ""
    ipa: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole line as it is said. `language` is the tag that it was read by."""

    tokens: tuple[Token, ...]
    language: str

    @property
    def written(self) -> tuple[str, ...]:
        """The words that captions show."""
        return tuple(word for token in self.tokens for word in token.written)

    @property
    def spoken(self) -> tuple[str, ...]:
        """The words that are said, with their stress marks."""
        return tuple(word for token in self.tokens for word in token.spoken)

    @property
    def text(self) -> str:
        """The line for a voice that reads plain text: spoken words without stress marks, and the pauses."""
        return self.text_with()

    def text_with(self, stress: str = "") -> str:
        """The line as plain text, with `stress` in the place of every stress mark."""
        pieces: list[str] = []
        for token in self.tokens:
            if token.spoken:
                pieces.append(" ".join(token.spoken).replace(STRESS, stress) + _mark(token.after))
            elif token.after and pieces and pieces[-1][-1].isalnum():
                pieces[-1] += _mark(token.after)
        return " ".join(pieces)

    def unheard(self, stress: bool, ipa: bool) -> tuple[str, ...]:
        """What the author asked for and a voice leaves out, for people.

        `stress` and `ipa` say whether it can stress a syllable and read a transcription.
        """
        said = []
        for token in self.tokens:
            word = " ".join(token.written).strip(_AROUND)
            if token.ipa and not ipa:
                said.append(f"this voice cannot read the transcription of {word!r}")
            elif not token.ipa and not stress and any(STRESS in spoken for spoken in token.spoken):
                said.append(f"this voice cannot put the stress of {word!r} where it is marked")
        return tuple(dict.fromkeys(said))

    def carry(self, read: Sequence[Word]) -> tuple[Word, ...]:
        """The times of the written words, from those of the words that the engine says it read.

        Exact where the engine read just the spoken words, one for one; else each written word takes the time of those
        most like it.
        """
        if len(read) == len(self.spoken):
            return self._exact(read)
        return self._like(read)

    def _like(self, read: Sequence[Word]) -> tuple[Word, ...]:
        matched = carry_over(self.spoken, read)
        return self._exact(matched) if len(matched) == len(self.spoken) else carry_over(self.written, read)

    def _exact(self, read: Sequence[Word]) -> tuple[Word, ...]:
        placed: list[Word] = []
        passed = 0
        end = read[0].start if read else 0.0
        for token in self.tokens:
            mine = read[passed : passed + len(token.spoken)]
            passed += len(mine)
            start, end = (mine[0].start, mine[-1].end) if mine else (end, end)
            if len(token.written) == len(mine):
                placed += [Word(w, m.start, m.end) for w, m in zip(token.written, mine, strict=True)]
            else:
                placed += by_letters(token.written, start, end)
        return tuple(placed)


def _mark(after: str) -> str:
    return f" {after}" if after == "—" else after
