"""Deliveries of a small film: what is in the files, what is made again, and that words stay clear of the buttons."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import av
import numpy as np
import pytest

from projects.progress import Silent, StepStarted
from render.deliveries import presets as table
from render.deliveries.deliver import Wish, deliver
from render.orders import Order
from render.production import Production
from storyboard.errors import MissingError
from tests.render.conftest import SMALL, Opener

pytestmark = pytest.mark.whole

DRAFT = Order(draft=True, jobs=1)


def pictures(path: Path) -> list[np.ndarray]:
    """Every frame of a film as RGB."""
    with av.open(str(path)) as media:
        return [frame.to_ndarray(format="rgb24") for frame in media.decode(video=0)]


def made(production: Production, *names: str, wish: Wish | None = None) -> dict[str, Path]:
    """The first file of each delivery."""
    return {
        one.preset: one.files[0] for one in deliver(production, names, DRAFT, Silent(), None, wish or Wish(short=360))
    }


def test_files_are_what_they_say(film_of: Opener) -> None:
    """AV1 and Opus in WebM, ProRes and PCM in QuickTime, moving previews, a poster: each as long as the film."""
    production = film_of(SMALL)
    files = made(production, "web", "master", "gif", "webp", "poster", "thumbnails")
    frames = production.lay_out(DRAFT).timeline.frames
    for name, codecs in (("web", ("av1", "opus")), ("master", ("prores", "pcm_s24le"))):
        with av.open(str(files[name])) as media:
            streams = (media.streams.video[0], media.streams.audio[0])
            assert tuple(one.codec_context.codec.canonical_name for one in streams) == codecs
        assert len(pictures(files[name])) == frames
    with av.open(str(files["master"])) as media:
        assert media.streams.video[0].codec_context.pix_fmt == "yuv422p10le"
    assert files["gif"].read_bytes()[:6] in (b"GIF89a", b"GIF87a")
    assert files["webp"].read_bytes()[8:12] == b"WEBP"
    assert files["poster"].suffix == ".jpg"


def test_words_stay_clear_of_the_buttons(film_of: Opener) -> None:
    """Burned captions change no pixel that TikTok lays something over, and many where it does not."""
    production = film_of(SMALL)
    spoken = pictures(made(production, "tiktok")["tiktok"])
    silent = film_of(SMALL.replace("captions: both", "captions: off"))
    bare = pictures(made(silent, "tiktok")["tiktok"])
    safe = table.preset("tiktok").safe
    clear = covered = 0.0
    for one, other in zip(spoken, bare, strict=True):
        changed = (np.abs(one.astype(int) - other).max(axis=2) > 60).astype(float)
        height, width = changed.shape
        inner = changed[
            int(height * safe.top) : int(height * (1 - safe.bottom)),
            int(width * safe.left) : int(width * (1 - safe.right)),
        ].sum()
        clear += inner
        covered += changed.sum() - inner
    assert clear > 2000
    assert covered < 0.002 * clear


def test_what_a_delivery_does_not_change_is_not_made_again(film_of: Opener) -> None:
    """After the film was rendered, its delivery in the same size and shape draws no scene anew."""
    production = film_of(SMALL)
    production.render(DRAFT, Silent())
    told: list[str] = []

    class Ear(Silent):
        """Hears which steps are carried out."""

        def report(self, event: object) -> None:
            """Keep the names of steps that begin."""
            if isinstance(event, StepStarted):
                told.append(event.name)

    list(deliver(production, ["master"], DRAFT, Ear(), None, Wish()))
    assert not [name for name in told if name.startswith(("take:", "voice:"))]


def test_a_film_that_is_too_long_is_refused_before_anything_is_made(
    film_of: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit of the platform is told; nothing is rendered, not even for the deliveries that would go."""
    short = dataclasses.replace(table.preset("tiktok"), most=2.0)
    monkeypatch.setattr(
        "render.deliveries.deliver.preset", lambda name: short if name == "tiktok" else table.preset(name)
    )
    production = film_of(SMALL)
    with pytest.raises(MissingError, match="TikTok takes 2s at most"):
        made(production, "master", "tiktok")
    assert not (production.workspace.output / "deliveries").exists()
    with pytest.raises(MissingError, match="no delivery is named"):
        made(production)
