"""A joined film in a real browser: it opens, every seek lands on its frame, and it plays in order.

Frames carry their number as bars of black and white, which a page reads back from the video element.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from projects.progress import Silent
from projects.steps import Artifact, Work
from render.join import Chapter, FilmRequest, make_film
from render.orders import Order
from render.profiles import DELIVERY
from scenes.frames import EncoderProfile, i420_to_rgb, rgb_to_i420, write_film
from tests.render.conftest import Opener

pytestmark = pytest.mark.whole

WIDTH, HEIGHT, BITS = 320, 180, 16
PATCH = (300, 160)
COLOUR = (200, 40, 30)
PIECES = (30, 1, 20, 2, 17, 5, 40, 12, 25, 24, 33, 1, 1, 2, 9)
"""Lengths of bodies and transitions in turn, very short ones among them."""

AV1 = EncoderProfile(crf=35, preset="12", keyint=48, codec="av1")


CLIPS = """\
workprint: 1
title: Numbered clips
fps: 24
resolution: 360p
cuts: ["16:9"]
scenes:
  - {id: one, clip: footage/0.mp4, length: 1.5s, transition: crossfade 0.5s}
  - {id: two, clip: footage/100.mp4, length: 1.5s, transition: wipe left 0.25s}
  - {id: three, clip: {file: footage/200.mp4, from: 0.25s}, length: 1.5s}
"""
BODIES = {**{k: k for k in range(24)}, **{k: k + 76 for k in range(36, 54)}, **{k: k + 152 for k in range(60, 90)}}
"""Frame of the film of CLIPS -> the number that is painted into it, where no transition blends two of them."""


def picture(number: int) -> np.ndarray:
    """Frame `number` of the film: its number in bars, a moving stripe over noise, and a patch of a known colour."""
    rng = np.random.default_rng(number // 30)
    frame = np.repeat(
        np.repeat(rng.integers(40, 200, (HEIGHT // 20, WIDTH // 20, 3), np.uint8), 20, axis=0), 20, axis=1
    )
    left = number * 7 % (WIDTH - 20)
    frame[HEIGHT // 2 :, left : left + 20] = (240, 240, 90)
    for bit in range(BITS):
        frame[: HEIGHT // 4, bit * WIDTH // BITS : (bit + 1) * WIDTH // BITS] = 255 * (number >> bit & 1)
    frame[PATCH[1] - 20 :, PATCH[0] - 20 :] = COLOUR
    return rgb_to_i420(frame)


def tone(path: Path, samples: int) -> None:
    """Two channels of a quiet tone, as AAC."""
    wave = (0.1 * np.sin(np.arange(samples, dtype=np.float32) * 0.03)).astype(np.float32)
    with av.open(str(path), "w", format="mp4") as media:
        stream = media.add_stream("aac", rate=48_000, layout="stereo")
        for start in range(0, samples, 1024):
            block = np.ascontiguousarray(np.tile(wave[start : start + 1024], (2, 1)))
            frame = av.AudioFrame.from_ndarray(block, "fltp", "stereo")
            frame.sample_rate, frame.pts = 48_000, start
            media.mux(stream.encode(frame))
        media.mux(stream.encode(None))


@pytest.fixture
def film(tmp_path: Path) -> Callable[[Fraction, EncoderProfile], Path]:
    """Joins a film of numbered frames from pieces of many lengths, with sound, chapters and tags."""

    def build(rate: Fraction, profile: EncoderProfile) -> Path:
        inputs = {}
        first = 0
        for place, length in enumerate(PIECES):
            path = tmp_path / f"{place}.mp4"
            write_film(path, map(picture, range(first, first + length)), WIDTH, HEIGHT, rate, profile)
            inputs[f"piece{place:02}"] = Artifact("", path, {})
            first += length
        samples = int(first * 48_000 / rate)
        tone(tmp_path / "sound.m4a", samples)
        request = FilmRequest(
            pieces=tuple(inputs),
            sound=("sound",),
            frames=first,
            samples=samples,
            rate=rate,
            chapters=(Chapter("one", 0, 50), Chapter("два", 50, 120), Chapter("three", 120, first)),
            metadata=(("title", "Seeking"),),
            language="eng",
        )
        inputs["sound"] = Artifact("", tmp_path / "sound.m4a", {})
        make_film(request, Work(inputs, {}, lambda part: None, lambda: False), tmp_path / "film.mp4")
        return tmp_path / "film.mp4"

    return build


@dataclass
class Desk:
    """What the page is given and gives back."""

    film: Path
    asked: dict[str, Any]
    results: queue.Queue[dict[str, Any]] = field(default_factory=queue.Queue)


class Clerk(BaseHTTPRequestHandler):
    """Serves the page, the film (in the ranges that players ask for) and the questions; takes the answer."""

    protocol_version = "HTTP/1.1"

    def __init__(self, desk: Desk, *rest: Any) -> None:
        self.desk = desk
        super().__init__(*rest)

    def do_GET(self) -> None:
        """The page, what it shall do, or a part of the film."""
        if self.path == "/film.mp4":
            self._film()
        elif self.path == "/asked":
            self._send(json.dumps(self.desk.asked).encode(), "application/json")
        elif self.path == "/":
            self._send(Path(__file__).with_name("seeking.html").read_bytes(), "text/html")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """What the page has found."""
        self.desk.results.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._send(b"", "text/plain")

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""

    def _film(self) -> None:
        data = self.desk.film.read_bytes()
        wanted = self.headers.get("Range", "bytes=0-").removeprefix("bytes=").split("-")
        first, last = int(wanted[0]), int(wanted[1] or len(data) - 1)
        span = f"bytes {first}-{last}/{len(data)}"
        self._send(data[first : last + 1], "video/mp4", 206, {"Content-Range": span, "Accept-Ranges": "bytes"})

    def _send(self, body: bytes, kind: str, status: int = 200, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # players leave off reading when they seek


@pytest.fixture
def watch(browser: str, tmp_path: Path) -> Iterator[Callable[[Path, list[float]], dict[str, Any]]]:
    """Opens a film in the browser, seeks to all of the times, plays it for a second, and gives what was seen."""
    opened: list[subprocess.Popen[bytes]] = []
    servers: list[ThreadingHTTPServer] = []

    def show(path: Path, times: list[float]) -> dict[str, Any]:
        asked = {"times": times, "width": WIDTH, "height": HEIGHT, "bits": BITS, "patch": PATCH, "play": 1.5}
        desk = Desk(path, asked)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Clerk, desk))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        flags = "--headless=new --no-sandbox --disable-gpu --no-first-run --mute-audio --disable-dev-shm-usage"
        policy = ["--autoplay-policy=no-user-gesture-required", f"--user-data-dir={tmp_path / 'profile'}"]
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        with (tmp_path / "browser.log").open("wb") as log:
            command = [browser, *flags.split(), *policy, address]
            opened.append(subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True))
        try:
            return desk.results.get(timeout=120)
        except queue.Empty:
            told = (tmp_path / "browser.log").read_text(errors="replace")[-2000:]
            pytest.fail(f"the page did not answer; the browser said: {told}")

    yield show
    for process in opened:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("rate", "profile"),
    [(Fraction(24), DELIVERY), (Fraction(30000, 1001), DELIVERY), (Fraction(24), AV1)],
    ids=["h264-24", "h264-29.97", "av1-24"],
)
def test_a_joined_film_plays_and_seeks(
    film: Callable[[Fraction, EncoderProfile], Path],
    watch: Callable[[Path, list[float]], dict[str, Any]],
    rate: Fraction,
    profile: EncoderProfile,
) -> None:
    """Fifty seeks to the middle of frames show those very frames; playing shows each at its time, without an error."""
    total = sum(PIECES)
    rng = np.random.default_rng(5)
    wanted = [0, total - 1, *rng.integers(0, total, 48).tolist()]
    seen = watch(film(rate, profile), [float((number + Fraction(1, 2)) / rate) for number in wanted])
    assert "problem" not in seen, seen
    assert seen["events"] == []
    assert (seen["width"], seen["height"]) == (WIDTH, HEIGHT)
    assert seen["duration"] == pytest.approx(float(total / rate), abs=0.03)
    assert [place["number"] for place in seen["sought"]] == wanted, seen["sought"]
    colours = np.array([place["colour"] for place in seen["sought"]], int)
    assert np.abs(colours - COLOUR).max() <= 8
    assert seen["played"]["reached"] > 0.5
    shown = [(place["time"] * float(rate), place["number"]) for place in seen["played"]["shown"]]
    assert len(shown) > 5
    assert all(abs(place - round(place)) < 0.05 for place, _ in shown)
    # A busy machine reads the picture late, when the next one is on show already; it never reads an earlier one.
    late = [number - round(place) for place, number in shown]
    assert min(late) >= 0
    assert sorted(late)[len(late) // 2] == 0
    assert [number for _, number in shown] == sorted(number for _, number in shown)


def test_a_rendered_film_shows_the_footage_frame_by_frame(
    film_of: Opener, tmp_path: Path, watch: Callable[[Path, list[float]], dict[str, Any]]
) -> None:
    """From the author's clips to the browser no frame is lost, doubled or moved, whatever transitions lie between."""
    (tmp_path / "film" / "footage").mkdir(parents=True)
    for first in (0, 100, 200):
        pictures = (np.kron(i420_to_rgb(picture(first + k)), np.ones((2, 2, 1), np.uint8)) for k in range(48))
        write_film(tmp_path / "film" / "footage" / f"{first}.mp4", pictures, WIDTH * 2, HEIGHT * 2, Fraction(24))
    path = film_of(CLIPS).render(Order(jobs=1), Silent()).films[0].path
    seen = watch(path, [(number + 0.5) / 24 for number in BODIES])
    assert "problem" not in seen, seen
    assert seen["events"] == []
    assert (seen["width"], seen["height"]) == (WIDTH * 2, HEIGHT * 2)
    assert seen["duration"] == pytest.approx(90 / 24, abs=0.03)
    assert [place["number"] for place in seen["sought"]] == list(BODIES.values())
    assert np.abs(np.array([place["colour"] for place in seen["sought"]], int) - COLOUR).max() <= 8
