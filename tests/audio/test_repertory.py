"""Finding voices by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from audio.casting.repertory import Repertory
from audio.voice import Trouble, VoiceInfo, VoiceMissing


class _Offer:
    """An engine with voices, and with trouble or without."""

    def __init__(self, name: str, voices: dict[str, str], trouble: str = "") -> None:
        self.name, self._voices, self._trouble = name, voices, trouble

    def voices(self) -> Sequence[VoiceInfo]:
        return [VoiceInfo(name, own, self.name, name.split("/")[0], "male") for name, own in self._voices.items()]

    def check(self) -> Sequence[Trouble]:
        return [Trouble(self._trouble, f"mend {self.name}")] if self._trouble else []


def house(kokoro: str = "") -> Repertory:
    """Two engines that share a voice, and one for Russian."""
    offers: dict[str, Any] = {
        "hibari": _Offer("hibari", {"en/george": "george", "en/lily": "lily"}),
        "festival": _Offer("festival", {"ru/deep": "deep"}),
        "kokoro": _Offer("kokoro", {"en/george": "bm_george"}, kokoro),
    }
    return Repertory(offers)


@pytest.mark.parametrize("name", ["en/george", "EN/George", "george", "bm_george"])
def test_names_in_any_spelling(name: str) -> None:
    """A voice is found by its neutral name, without its language, or by an engine's own name."""
    assert house().called(name, "en-GB")[0].own == "bm_george"


def test_the_name_of_a_voice_file() -> None:
    """A name as Kokoro's files have it finds the voice of an engine that leaves language and gender out."""
    plain: Any = {"kokoro": _Offer("kokoro", {"en/george": "george"})}
    assert Repertory(plain).called("bm_george", engine="kokoro")[0].name == "en/george"
    with pytest.raises(VoiceMissing):
        Repertory(plain).called("bm_nobody", engine="kokoro")


def test_the_better_engine_comes_first_and_the_next_stands_in() -> None:
    """The best working engine of those that offer a name is taken; with none working its remedy is told."""
    assert [info.engine for info in house().called("en/george")] == ["kokoro", "hibari"]
    broken = house("no wheels")
    assert broken.best(broken.called("en/george")).engine == "hibari"
    with pytest.raises(VoiceMissing, match="no wheels") as problem:
        broken.best(broken.called("bm_george"))
    assert problem.value.hint == "mend kokoro"


def test_a_wrong_name_suggests() -> None:
    """Unknown names and engines are refused with the nearest and all that there are."""
    with pytest.raises(VoiceMissing) as problem:
        house().called("en/goerge", "en")
    assert "did you mean 'en/george'" in problem.value.hint
    with pytest.raises(VoiceMissing, match="engine 'koko'"):
        house().called("en/george", engine="koko")


def test_who_speaks_a_language() -> None:
    """A language's voices are those of its primary tag."""
    assert [info.name for info in house().speaking("ru-RU")] == ["ru/deep"]
