"""What a model is told."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.film import Film
from storyboard.load import read
from storyboard.prompts import DROP_ORDER, compose, tokens

Maker = Callable[[str], Film]

BODY = """\
style: noir
characters:
  ann: {name: Ann, role: detective, looks: tall with a grey braid, wears: raincoat}
scenes:
  - id: a
    place: alley
    time: night
    weather: rain
    shot: close-up
    camera: dolly in
    prompt: She finds a glove under a lamp.
    negative: text
    cast: [{who: ann, action: look up, emotion: afraid, at: left}]
    moments: {start: she kneels, middle: she lifts it, end: she looks around}
"""


def test_a_prompt_holds_the_prose_the_traits_and_the_craft_words(film: Maker) -> None:
    """Everything that the author wrote of the scene and its people is there."""
    made = film(BODY)
    prompt = compose(made.scenes[0], made)
    for words in ("glove under a lamp", "Ann (detective)", "grey braid", "raincoat", "alley", "night", "rain", "noir"):
        assert words in prompt.text
    for words in ("Close-up", "dolly in", "she kneels", "she lifts it", "she looks around", "looking up", "afraid"):
        assert words in prompt.text
    assert prompt.negative == "text"
    assert prompt.dropped == ()


def test_a_short_budget_drops_in_order_and_names_what_it_dropped(film: Maker) -> None:
    """Moments go first, looks and style never, and nothing goes silently."""
    made = film(BODY)
    whole = tokens(compose(made.scenes[0], made).text)
    prompt = compose(made.scenes[0], made, whole - 1)
    assert prompt.dropped == ("moment: middle",)
    short = compose(made.scenes[0], made, 60)
    names = [name.split(" of ")[0] for name in short.dropped if not name.startswith("the last")]
    assert names == [name for name in DROP_ORDER if name in names]
    assert "grey braid" in short.text
    assert "noir" in short.text


def test_prose_is_cut_last_and_counted(film: Maker) -> None:
    """Where nothing else is left to drop, words are taken from the end of the prose, and counted."""
    made = film(f"scenes: [{{id: a, prompt: {'word ' * 300}}}]\n")
    prompt = compose(made.scenes[0], made, 100)
    assert tokens(prompt.text) <= 100
    assert prompt.dropped[-1].startswith("the last ")


def test_the_same_person_is_described_alike_in_every_scene(film: Maker) -> None:
    """Fixed traits are the same words in each scene's prompt."""
    made = film(BODY + "  - {id: b, place: room, cast: [ann]}\n")
    traits = "Ann (detective): tall with a grey braid"
    assert all(traits in compose(scene, made).text for scene in made.scenes)


@settings(deadline=None)
@given(
    st.text(
        alphabet=st.characters(
            codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\ufff9\ufffa\ufffb\ufffc\ufffd"
        ),
        min_size=1,
        max_size=80,
    ),
    st.integers(1, 300),
)
def test_any_prose_makes_a_prompt_within_its_budget_or_says_so(prose: str, budget: int) -> None:
    """No prose and no budget makes composing fail."""
    quoted = prose.replace("'", "''")
    found = read(f"workprint: 1\ntitle: A\nscenes: [{{id: a, prompt: '{quoted}'}}]\n", "s.yaml")
    made = found.checked()
    prompt = compose(made.scenes[0], made, budget)
    assert tokens(prompt.text) <= budget or prompt.dropped
