"""Arithmetic of the published models, what cards get through, and what finished scenes teach."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from scenes.diffusion import costs, flops
from scenes.diffusion.costs import Experience, Work, calls_of, card_here, estimate, learned, rate_of, remember
from scenes.diffusion.flops import Arithmetic, by_formula, flops_of_call
from scenes.diffusion.latents import Denoiser, Latent

TERA = 1e12

WAN = {
    "_class_name": "WanTransformer3DModel", "num_attention_heads": 12, "attention_head_dim": 128, "ffn_dim": 8960,
    "num_layers": 30, "text_dim": 4096, "in_channels": 16, "out_channels": 16, "patch_size": [1, 2, 2],
}  # fmt: skip
"""Wan 2.1 1.3B as published."""
SD = {"_class_name": "UNet2DConditionModel", "cross_attention_dim": 768, "attention_head_dim": 8, "in_channels": 4,
      "block_out_channels": [320, 640, 1280, 1280]}  # fmt: skip
LTX = {"_class_name": "LTXVideoTransformer3DModel", "num_attention_heads": 32, "attention_head_dim": 64,
       "num_layers": 28, "in_channels": 128, "caption_channels": 4096, "cross_attention_dim": 2048}  # fmt: skip
COG = {"_class_name": "CogVideoXTransformer3DModel", "num_attention_heads": 30, "attention_head_dim": 64,
       "num_layers": 30, "in_channels": 16, "text_embed_dim": 4096, "patch_size": 2}  # fmt: skip
HUNYUAN = {"_class_name": "HunyuanVideoTransformer3DModel", "num_attention_heads": 24, "attention_head_dim": 128,
           "num_layers": 20, "num_single_layers": 40, "in_channels": 16, "text_embed_dim": 4096, "patch_size": 2,
           "pooled_projection_dim": 768, "guidance_embeds": True}  # fmt: skip
ZEROSCOPE = {"_class_name": "UNet3DConditionModel", "cross_attention_dim": 1024, "in_channels": 4,
             "block_out_channels": [320, 640, 1280, 1280]}  # fmt: skip
SVD = {"_class_name": "UNetSpatioTemporalConditionModel", "cross_attention_dim": 1024, "in_channels": 8,
       "block_out_channels": [320, 640, 1280, 1280]}  # fmt: skip
LTX2 = {"_class_name": "LTX2VideoTransformer3DModel", "num_attention_heads": 32, "attention_head_dim": 128,
        "num_layers": 48, "in_channels": 128, "caption_channels": 3840, "cross_attention_dim": 4096,
        "audio_in_channels": 128}  # fmt: skip

Place = Callable[[dict[str, Any]], Path]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Writes a denoiser's folder: its configuration, and no weights."""

    def write(config: dict[str, Any]) -> Path:
        folder = tmp_path / "transformer"
        folder.mkdir(exist_ok=True)
        (folder / "config.json").write_text(json.dumps(config))
        return folder

    return write


@pytest.mark.slow
@pytest.mark.parametrize(
    ("config", "latent", "kind", "tera"),
    [
        (WAN, Latent(21, 60, 104), "", 283.0),
        (SD, Latent(1, 64, 64), "", 0.8033),
        (SD, Latent(16, 64, 64), "UNetMotionModel", 17.75),
        (LTX, Latent(16, 15, 22), "", 23.98),
        (LTX2, Latent(16, 16, 24), "", 198.9),
        (COG, Latent(13, 60, 90), "", 120.0),
        (HUNYUAN, Latent(16, 68, 120), "", 1245.0),
        (ZEROSCOPE, Latent(24, 40, 72), "", 21.40),
        (SVD, Latent(14, 72, 128), "", 44.80),
    ],
    ids=["wan", "sd", "animatediff", "ltx", "ltx2", "cogvideox", "hunyuan", "zeroscope", "svd"],
)
def test_published_models_are_counted_exactly(
    place: Place, tmp_path: Path, config: dict[str, Any], latent: Latent, kind: str, tera: float
) -> None:
    """Without any weights; the formula comes near to it, for when nothing can be counted."""
    folder = place(config)
    counted = flops_of_call(folder, latent, kind=kind, cache=tmp_path)
    assert counted.source == "counted"
    assert counted.count / TERA == pytest.approx(tera, rel=2e-3)
    guessed = by_formula(Denoiser(kind or str(config["_class_name"]), config), latent, 512 if config is WAN else 77)
    assert guessed / counted.count == pytest.approx(1.0, abs=0.2)


def test_the_formula_knows_wan_without_torch() -> None:
    """Weights, crossed attention and attention of 32 760 tokens: 283 TFLOP a call."""
    made = by_formula(Denoiser("WanTransformer3DModel", WAN), Latent(21, 60, 104), 512)
    assert made / TERA == pytest.approx(283.0, rel=1e-3)


TINY = WAN | {"num_attention_heads": 2, "attention_head_dim": 12, "ffn_dim": 32, "num_layers": 2, "text_dim": 32}


def test_what_was_counted_is_not_counted_again(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache is asked first, by configuration and shape; a broken or locked one is no error."""
    folder, cache = place(TINY), tmp_path / "cache"
    first = flops_of_call(folder, Latent(3, 8, 8), cache=cache)
    assert first.source == "counted"
    monkeypatch.setattr(flops, "_counted", lambda *told: None)
    assert flops_of_call(folder, Latent(3, 8, 8), cache=cache) == first
    assert flops_of_call(folder, Latent(3, 8, 16), cache=cache).source == "formula"
    assert flops_of_call(place(TINY | {"num_layers": 3}), Latent(3, 8, 8), cache=cache).source == "formula"
    monkeypatch.setattr(flops, "_counted", lambda *told: 5.0)
    for broken in ("[1]", "{", '{"a": "b"}'):
        (cache / "flops.json").write_text(broken)
        assert flops_of_call(folder, Latent(3, 8, 8), cache=cache) == Arithmetic(5.0, "counted")
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert flops_of_call(folder, Latent(3, 8, 8), cache=blocked).count == 5.0


def test_a_model_that_cannot_be_counted_is_reckoned(place: Place, tmp_path: Path) -> None:
    """HunyuanVideo 1.5 looks into its inputs, and a class of a later release is not known: the source says so."""
    config = {"num_attention_heads": 16, "attention_head_dim": 128, "num_layers": 54, "patch_size": 1}
    for name in ("HunyuanVideo15Transformer3DModel", "TomorrowTransformer3DModel"):
        made = flops_of_call(place(config | {"_class_name": name}), Latent(31, 30, 53), cache=tmp_path)
        assert made.source == "formula"
        assert 1200 < made.count / TERA < 1500
    wrong = flops_of_call(place(WAN | {"in_channels": "many"}), Latent(3, 8, 8), cache=tmp_path)
    assert wrong.source == "formula"


def test_nothing_heavy_is_imported_for_a_plan(place: Place, tmp_path: Path) -> None:
    """Once a shape is known, an estimate needs no torch."""
    folder, cache = place(TINY), tmp_path / "cache"
    flops_of_call(folder, Latent(3, 8, 8), cache=cache)
    code = (
        "import sys; from pathlib import Path; from scenes.diffusion import costs, flops, memory, tiers, latents; "
        f"made = flops.flops_of_call(Path({str(folder)!r}), latents.Latent(3, 8, 8), cache=Path({str(cache)!r})); "
        "costs.estimate(costs.Work(made.count, 2, 48), 'NVIDIA L4', 'm', 'k', {}); "
        "assert made.source == 'counted'; sys.exit('torch' in sys.modules or 'diffusers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("card", "tokens", "tera"),
    [
        ("NVIDIA H100 80GB HBM3", 32_760, 411.0),
        ("NVIDIA H100 80GB HBM3", 75_600, 501.0),
        ("NVIDIA H100 80GB HBM3", 54_180, 456.0),
        ("NVIDIA A100-SXM4-80GB", 5_000, 171.0),
        ("NVIDIA GeForce RTX 4090", 30_000, 97.0),
        ("NVIDIA GeForce RTX 4090 Laptop GPU", 30_000, 48.5),
        ("NVIDIA H200", 30_000, 445.05),
        ("NVIDIA H100 PCIe", 30_000, 340.2),
        ("NVIDIA H20", 30_000, 118.0),
        ("NVIDIA GeForce RTX 4070 Ti SUPER", 30_000, 36.0),
        ("Tomorrow 9000", 30_000, 30.0),
    ],
)
def test_cards_are_known_by_the_words_of_their_names(card: str, tokens: int, tera: float) -> None:
    """Measured ones by the length of what they work on; an H200 is no H20."""
    assert rate_of(card, tokens) / TERA == pytest.approx(tera)


def test_the_processor_is_measured() -> None:
    """By products of its own, once."""
    assert 1e9 <= rate_of("", 5000) < 1e14
    assert rate_of("", 5000) == rate_of(costs.PROCESSOR, 80_000)


CALL = Work(283 * TERA, 80, 32_760, weights=16_000_000_000)
H100 = "NVIDIA H100 80GB HBM3"


def test_a_scene_takes_its_calls_and_the_loading() -> None:
    """Forty steps, each with and without the words, at 411 TFLOP/s, and sixteen gigabytes to be read."""
    made = estimate(CALL, H100, "wan", "transformer", {})
    assert made.source == "formula"
    assert made.loading == pytest.approx(26.0)
    assert made.seconds == pytest.approx(80 * (283 / 411 + 0.02) + 26.0)
    assert estimate(CALL, H100, "wan", "transformer", {}, loaded=True).seconds == pytest.approx(made.seconds - 26.0)
    assert calls_of(40, 5.0) == 80
    assert calls_of(4, 1.0, runs=3) == 12


def test_a_slow_bus_is_waited_for() -> None:
    """Layers move while others work: only where little is worked out does moving take longer."""
    long = Work(283 * TERA, 80, 32_760, moved=2_800_000_000)
    short = Work(TERA, 80, 4_096, moved=4_800_000_000)
    assert estimate(long, H100, "m", "k", {}).seconds == pytest.approx(80 * (283 / 411 + 0.02) + 10.0)
    assert estimate(short, H100, "m", "k", {}).seconds == pytest.approx(80 * 0.4 + 10.0)


def test_finished_scenes_correct_the_estimate(tmp_path: Path) -> None:
    """The median of the last nine counts: one slow run among them changes nothing. Others keep their own."""
    for seconds in (1.0, *[100.0] * 6, 9999.0, 100.0, 100.0):
        remember(H100, "wan", "transformer", CALL.flops * CALL.calls, seconds, 12.0, tmp_path)
    ledger = learned(tmp_path)
    (known,) = ledger.values()
    assert len(known.rates) == 9
    made = estimate(CALL, H100, "wan", "transformer", ledger)
    assert (made.loading, made.source) == (12.0, "learned")
    assert made.seconds == pytest.approx(112.0)
    assert estimate(CALL, "NVIDIA L4", "wan", "transformer", ledger).source == "formula"
    assert estimate(CALL, "", "wan", "transformer", ledger).source == "formula"


@pytest.mark.parametrize(
    "broken", ["", "[]", '{"a": 1}', '{"a": {"rates": "x"}}', '{"a": {"rates": [-1, 0, "x", true, 1e999]}}', "\0"]
)
def test_a_broken_ledger_teaches_nothing(tmp_path: Path, broken: str) -> None:
    """And is written anew by the next run."""
    (tmp_path / "learned.json").write_text(broken)
    assert all(one == Experience() for one in learned(tmp_path).values())
    remember("", "wan", "k", 1e12, 2.0, folder=tmp_path)
    assert estimate(Work(1e12, 3, 9), "", "wan", "k", learned(tmp_path), loaded=True).seconds == pytest.approx(6.0)


def test_where_nothing_may_be_written_nothing_is_learned(tmp_path: Path) -> None:
    """Neither a blocked folder nor figures that are none stop a render."""
    (tmp_path / "file").write_text("")
    remember("", "wan", "k", 1e12, 2.0, folder=tmp_path / "file")
    for count, seconds in ((0.0, 1.0), (1e12, 0.0), (float("inf"), 1.0), (1e12, float("nan"))):
        remember("", "wan", "k", count, seconds, folder=tmp_path)
    assert learned(tmp_path) == {}


def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each run that finishes is kept."""
    with ThreadPoolExecutor(4) as crew:
        list(crew.map(lambda n: remember("", f"m{n}", "k", 1e12, 1.0 + n, folder=tmp_path), range(8)))
    assert len(learned(tmp_path)) == 8


def test_the_card_is_named_by_its_driver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The first that may be seen; none where none may, or where its program fails."""
    smi = tmp_path / "nvidia-smi"
    smi.write_text('#!/bin/sh\n[ "$3$4" = "-i1" ] && echo "NVIDIA L4" || printf "NVIDIA T4\\nNVIDIA L4\\n"\n')
    smi.chmod(0o755)
    monkeypatch.setattr(costs, "probe", lambda name: smi)
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    assert card_here() == "NVIDIA T4"
    for visible, name in (("1,0", "NVIDIA L4"), ("", ""), ("-1", ""), ("GPU-8f2a", "NVIDIA T4")):
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
        assert card_here() == name
    smi.write_text("#!/bin/sh\nexit 9\n")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    assert card_here() == ""
    monkeypatch.setattr(costs, "probe", lambda name: None)
    assert card_here() == ""


def test_the_cache_lies_where_the_user_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """By the environment's own rule."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert flops.cache_folder() == tmp_path / "workprint"
