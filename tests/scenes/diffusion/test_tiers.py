"""What is chosen from weights and room, what is told of it, and that pipelines run in each way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from projects.weights import quiet
from scenes.diffusion.latents import Denoiser
from scenes.diffusion.loading import library
from scenes.diffusion.memory import GIB, Part, Room, Working, working
from scenes.diffusion.tiers import (
    TIERS,
    Choice,
    Tier,
    apply,
    card_needs,
    choose,
    for_loading,
    ladder,
    moved,
    out_of_memory,
)
from storyboard.errors import MissingError, RenderError
from tests.scenes.diffusion.tiny import MAKERS

PIPELINES = {"wan": "WanPipeline", "ltx": "LTXPipeline"}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tiny models."""
    folder = tmp_path_factory.mktemp("models")
    for name in PIPELINES:
        with quiet():
            MAKERS[name](folder / name)
    return folder


def _weights(**parts: float) -> dict[str, Part]:
    return {name: Part(int(size * GIB), int(1.9 * GIB) if size > 10 and "text" in name else 0) for name, size in
            parts.items()}  # fmt: skip


def _row(kind: str, heads: int, each: int, patch: object) -> Denoiser:
    return Denoiser(kind, {"num_attention_heads": heads, "attention_head_dim": each, "patch_size": patch})


WAN_CODER: dict[str, object] = {"_class_name": "AutoencoderKLWan", "base_dim": 96}
PICTURES: dict[str, object] = {"_class_name": "AutoencoderKL", "block_out_channels": [128, 256, 512, 512]}
WAN_14B = _row("WanTransformer3DModel", 40, 128, [1, 2, 2])
UNET = Denoiser("UNet2DConditionModel", {"block_out_channels": [320, 640, 1280]})

MODELS: dict[str, tuple[dict[str, Part], Denoiser, dict[str, object], tuple[int, int, int]]] = {
    "Wan 1.3B": (
        _weights(text_encoder=10.6, transformer=2.6, vae=0.24),
        _row("WanTransformer3DModel", 12, 128, [1, 2, 2]), WAN_CODER, (81, 832, 480),
    ),
    "Wan 14B": (_weights(text_encoder=10.6, transformer=26.6, vae=0.24), WAN_14B, WAN_CODER, (81, 832, 480)),
    "Wan A14B": (
        _weights(text_encoder=10.6, transformer=26.6, transformer_2=26.6, vae=0.24), WAN_14B, WAN_CODER, (81, 832, 480),
    ),
    "LTX-2B": (
        _weights(text_encoder=8.9, transformer=3.6, vae=0.8), _row("LTXVideoTransformer3DModel", 32, 64, 1),
        {"_class_name": "AutoencoderKLLTXVideo", "spatio_temporal_scaling": [1, 1, 1, 0], "patch_size": 4,
         "decoder_block_out_channels": [128]},
        (121, 704, 480),
    ),
    "LTX-2 19B": (
        _weights(text_encoder=22.7, transformer=35.2, vae=2.3), _row("LTX2VideoTransformer3DModel", 32, 128, 1),
        {"_class_name": "AutoencoderKLLTX2Video", "spatial_compression_ratio": 32, "temporal_compression_ratio": 8,
         "patch_size": 4, "decoder_block_out_channels": [256]}, (121, 768, 512),
    ),
    "SD 1.5": (_weights(text_encoder=0.23, unet=1.6, vae=0.16), UNET, PICTURES, (1, 512, 512)),
    "SDXL": (_weights(text_encoder=0.23, text_encoder_2=1.3, unet=4.8, vae=0.16), UNET, PICTURES, (1, 1024, 1024)),
    "HunyuanVideo 1.5": (
        _weights(text_encoder=15.4, transformer=15.5, vae=2.3), _row("HunyuanVideo15Transformer3DModel", 16, 128, 1),
        {"_class_name": "AutoencoderKLHunyuanVideo15", "spatial_compression_ratio": 16,
         "temporal_compression_ratio": 4, "block_out_channels": [128]}, (121, 848, 480),
    ),
    "CogVideoX-5B": (
        _weights(text_encoder=8.9, transformer=10.4, vae=0.4), _row("CogVideoXTransformer3DModel", 48, 64, 2),
        {"_class_name": "AutoencoderKLCogVideoX", "temporal_compression_ratio": 4,
         "block_out_channels": [128, 256, 256, 512]}, (49, 720, 480),
    ),
}  # fmt: skip

CARDS = (8, 12, 16, 24, 48, 80)


@pytest.mark.parametrize(
    ("model", "ways"),
    [
        ("Wan 1.3B", "group offload offload resident resident resident"),
        ("Wan 14B", "- group+tiles group group offload resident"),
        ("Wan A14B", "- group+tiles group group offload offload"),
        ("LTX-2B", "group offload offload resident resident resident"),
        ("LTX-2 19B", "- group group group offload resident"),
        ("SD 1.5", "resident resident resident resident resident resident"),
        ("SDXL", "offload resident resident resident resident resident"),
        ("HunyuanVideo 1.5", "- - - group+tiles offload+tiles resident+tiles"),
        ("CogVideoX-5B", "group+tiles group+tiles group+tiles offload resident resident"),
    ],
)
def test_what_is_chosen_for_each_card(model: str, ways: str) -> None:
    """Weights of the published models on cards of 8 to 80 GiB, a little of which the screen takes."""
    parts, denoiser, coder, shape = MODELS[model]
    needs = working(denoiser, coder, *shape)
    found = []
    for card in CARDS:
        try:
            made = choose(parts, needs, Room(int(0.97 * card * GIB), 128 * GIB), title=model)
        except RenderError:
            found.append("-")
            continue
        assert made.needs <= card * GIB
        assert bool(made.words) == ((made.tier, made.tiling) != ("resident", False))
        found.append(made.tier + ("+tiles" if made.tiling else ""))
    assert " ".join(found) == ways


@pytest.mark.parametrize(("size", "peak"), [((832, 480), 41.3), ((1280, 720), 59.8)])
def test_the_need_is_near_what_the_makers_of_wan_saw(size: tuple[int, int], peak: float) -> None:
    """Their peaks of the model with one expert on the card, in decimal gigabytes, within a twentieth."""
    parts, denoiser, coder, _ = MODELS["Wan A14B"]
    needs = card_needs("offload", parts, working(denoiser, coder, 81, *size), tiling=True)
    assert needs / 1e9 == pytest.approx(peak, rel=0.05)


PARTS = _weights(transformer=10, text_encoder=4, vae=1)
WORK = Working(2 * GIB, 4 * GIB, GIB)


def test_without_the_reader_of_words_less_is_needed() -> None:
    """A text encoder that has gone before pictures are made leaves room on a small card; alone it comes in layers."""
    parts, denoiser, coder, shape = MODELS["Wan 1.3B"]
    space = Room(int(7.7 * GIB), 32 * GIB)
    pictures = {name: part for name, part in parts.items() if name != "text_encoder"}
    assert choose(pictures, working(denoiser, coder, *shape), space).tier == "resident"
    assert choose({"text_encoder": parts["text_encoder"]}, Working(0, 0, 0), space).tier == "group"


def test_layers_that_are_moved_are_counted() -> None:
    """One expert at a time, and half of it in eight bits."""
    parts = MODELS["Wan A14B"][0]
    assert moved("offload", parts) == 0
    assert moved("group", parts) == parts["transformer"].size == 2 * moved("fp8", parts)


def test_a_narrow_fit_is_tried_and_told() -> None:
    """The makers' own figure is the higher one: between it and what diffusers holds at the least, a person is told."""
    work = Working(12 * GIB, GIB, GIB, least=5 * GIB)
    made = choose(PARTS, work, Room(8 * GIB, 64 * GIB))
    assert (made.tier, made.tiling) == ("group", True)
    assert made.words.endswith("and may run out")
    with pytest.raises(RenderError):
        choose(PARTS, work, Room(6 * GIB, 64 * GIB))


def test_each_way_takes_less_of_the_card_than_the_one_before() -> None:
    """In the order of the list, and tiles never take more."""
    for parts, denoiser, coder, shape in MODELS.values():
        work = working(denoiser, coder, *shape)
        for tiling in (False, True):
            needs = [card_needs(tier, parts, work, tiling=tiling) for tier in TIERS]
            assert needs == sorted(needs, reverse=True)
        assert all(
            card_needs(tier, parts, work, tiling=True) <= card_needs(tier, parts, work, tiling=False) for tier in TIERS
        )


def test_the_words_name_what_is_free_and_what_is_needed() -> None:
    """A person learns why components are moved."""
    made = choose(PARTS, WORK, Room(int(14.3 * GIB), 64 * GIB), title="Wan")
    assert made.words == "14.3 GiB free, Wan needs 19.0 GiB at once: components are moved to the card one by one"
    assert made.pinned
    assert not choose(PARTS, WORK, Room(int(14.3 * GIB), 20 * GIB)).pinned


def test_what_is_asked_for_is_done_and_doubts_are_told() -> None:
    """The rule of thumb does not overrule a person."""
    made = choose(PARTS, WORK, Room(8 * GIB, 64 * GIB), "offload", "Wan")
    assert (made.tier, made.tiling) == ("offload", True)
    assert made.words.endswith("though Wan is thought to need 12.0 GiB")
    assert choose(PARTS, WORK, Room(80 * GIB, 64 * GIB), "group").words == (
        "as asked: components are moved to the card layer by layer"
    )


def test_too_much_for_the_card_is_refused_with_what_would_fit() -> None:
    """How much smaller, and which model instead."""
    with pytest.raises(RenderError, match=r"Wan needs .* GiB on the card .* 8\.0 GiB are free") as refusal:
        choose(PARTS, Working(12 * GIB, GIB, GIB), Room(8 * GIB, 64 * GIB), title="Wan")
    assert "about 49 % of its pixels" in refusal.value.hint
    assert choose(PARTS, Working(int(0.49 * 12 * GIB), GIB, GIB), Room(8 * GIB, 64 * GIB)).tier in ("group", "fp8")
    assert "Wan 2.1 1.3B" in refusal.value.hint
    with pytest.raises(RenderError) as refusal:
        choose(PARTS, WORK, Room(GIB, 64 * GIB))
    assert refusal.value.hint.startswith("choose a smaller model: none fits")


def test_too_much_for_the_host_is_refused_or_kept_in_eight_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Components wait in the host's memory; with the package for it the denoiser takes half."""
    space = Room(24 * GIB, 12 * GIB)
    monkeypatch.setattr("scenes.diffusion.tiers.util.find_spec", lambda name: None)
    with pytest.raises(RenderError, match=r"15\.0 GiB of the host's memory") as refusal:
        choose(PARTS, WORK, space, title="Wan")
    assert refusal.value.hint.startswith("pip install torchao")
    with pytest.raises(MissingError):
        for_loading(Choice("int8", True), PARTS)
    monkeypatch.setattr("scenes.diffusion.tiers.util.find_spec", lambda name: name)
    made = choose(PARTS, WORK, space, title="Wan")
    assert made.tier == "int8"
    assert ladder(made) is None
    with pytest.raises(RenderError, match="host's memory"):
        choose(PARTS, WORK, Room(24 * GIB, 9 * GIB))


def test_on_the_processor_everything_lies_in_the_host() -> None:
    """Tiles where it is tight, a refusal where even those do not help."""
    assert choose(PARTS, WORK, Room(None, 64 * GIB)) == Choice("resident", False, "", 19 * GIB, spilling=False)
    assert choose(PARTS, WORK, Room(None, 18 * GIB)).tiling
    with pytest.raises(RenderError, match=r"17\.0 GiB of memory"):
        choose(PARTS, WORK, Room(None, 8 * GIB))
    assert choose(PARTS, WORK, Room(None, None)).tier == "resident"


def test_after_memory_ran_out_the_next_way_is_told() -> None:
    """Tiles, components, layers, eight bits, and then nothing but a smaller picture."""
    choice = Choice("resident", False)
    seen = []
    while following := ladder(choice):
        assert following.words.startswith("memory ran out: ")
        seen.append(following.tier + ("+tiles" if following.tiling else ""))
        choice = following
    assert seen == ["resident+tiles", "offload+tiles", "group+tiles", "fp8+tiles"]
    host = Choice("resident", True, spilling=False)
    assert ladder(host) is None


@pytest.mark.parametrize(
    ("error", "so"),
    [
        (MemoryError(), True),
        (RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB"), True),
        (RuntimeError("CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate"), True),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"), True),
        (RuntimeError("shapes differ"), False),
        (None, False),
    ],
)
def test_what_counts_as_memory_running_out(error: Exception | None, so: bool) -> None:
    """Also where another error was raised from it."""
    assert out_of_memory(error) is so
    if error is not None:
        told = RenderError("failed")
        told.__cause__ = error
        assert out_of_memory(told) is so


def test_the_error_of_torch_counts() -> None:
    """It is known by its class, without an import."""
    import torch

    assert out_of_memory(torch.OutOfMemoryError("no"))


@pytest.fixture(scope="module")
def render(models: Path) -> Callable[[str, Choice], NDArray[Any]]:
    """Renders a tiny clip with a pipeline that is put on the processor in some way."""

    def made(name: str, choice: Choice) -> NDArray[Any]:
        import torch

        with quiet(), torch.no_grad():
            pipe = library(PIPELINES[name]).from_pretrained(str(models / name))
            pipe.set_progress_bar_config(disable=True)
            clip = apply(pipe, choice, "cpu")(
                prompt="a pier", height=32, width=32, num_frames=9, num_inference_steps=2, output_type="np",
                generator=torch.Generator().manual_seed(1),
            )  # fmt: skip
        return np.asarray(clip.frames[0])

    return made


@pytest.mark.parametrize("name", PIPELINES)
def test_a_clip_is_the_same_wherever_its_weights_lie(name: str, render: Callable[[str, Choice], NDArray[Any]]) -> None:
    """Components and layers that are moved change no frame; weights in eight bits change some, within bounds."""
    whole = render(name, Choice("resident", False))
    exact: tuple[Tier, ...] = ("offload", "group")
    for tier in exact:
        np.testing.assert_array_equal(render(name, Choice(tier, True)), whole)
    rounded = render(name, Choice("fp8", True))
    assert np.isfinite(rounded).all()
    assert 0 < np.abs(rounded - whole).max() < 0.5


class _Pipe:
    """Notes what it is told to do."""

    def __init__(self) -> None:
        from torch import nn

        self.told: dict[str, Any] = {}
        stiff = nn.Linear(1, 1)
        stiff._supports_group_offloading = False  # type: ignore[assignment]
        self.components = {"vae": nn.Linear(1, 1), "transformer": nn.Linear(1, 1), "adapter": stiff, "scheduler": 1}

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *places, **told: self.told.update({name: (*places, told)})


def test_coders_take_tiles_where_they_know_any() -> None:
    """The one of Stable Video Diffusion has the call, but not the thing."""
    config = {"block_out_channels": (32,), "down_block_types": ("DownEncoderBlock2D",), "layers_per_block": 1}
    for name, cut in (("AutoencoderKL", True), ("AutoencoderKLTemporalDecoder", False)):
        coder = library(name).from_config(config)
        pipe = SimpleNamespace(components={"vae": coder}, to=lambda device: None)
        apply(pipe, Choice("resident", True), "cpu")
        assert (getattr(coder, "use_tiling", False), getattr(coder, "use_slicing", False)) == (cut, cut)


def test_what_is_asked_of_diffusers_on_a_card() -> None:
    """The coder stays on the card; layers come in streams, from copies where the host has room for them."""
    told = {tier: _Pipe() for tier in ("resident", "offload", "group")}
    pipes: dict[Any, Any] = dict(told)
    for tier, pipe in pipes.items():
        apply(pipe, Choice(tier, False), "cuda")
    assert told["resident"].told == {"to": ("cuda", {})}
    assert told["offload"].told == {"enable_model_cpu_offload": ({"device": "cuda"},)}
    asked = SimpleNamespace(**told["group"].told["enable_group_offload"][0])
    assert (asked.onload_device.type, asked.offload_type) == ("cuda", "leaf_level")
    assert (asked.use_stream, asked.low_cpu_mem_usage) == (True, True)
    assert asked.exclude_modules == ["vae", "adapter"]
