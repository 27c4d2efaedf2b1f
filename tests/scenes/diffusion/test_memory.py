"""What a model takes by its headers and configurations, and what this machine has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from projects.weights import ModelMissing, quiet
from scenes.diffusion.latents import Denoiser, Latent, config_of, latent_of
from scenes.diffusion.loading import library
from scenes.diffusion.memory import Part, disk, free_ram, room, sizes, working
from tests.scenes.diffusion.tiny import MAKERS


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two tiny models."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("wan", "ltx"):
        with quiet():
            MAKERS[name](folder / name)
    return folder


def test_sizes_are_those_of_the_loaded_weights(models: Path) -> None:
    """The headers tell what the components hold, whatever the precision that they are saved in."""
    found = sizes(models / "wan", 4)
    with quiet():
        pipe = library("WanPipeline").from_pretrained(str(models / "wan"))
    for name in ("transformer", "vae"):
        weights = [4 * tensor.numel() for tensor in getattr(pipe, name).state_dict().values()]
        assert found[name] == Part(sum(weights), max(weights))
    assert set(found) == {"text_encoder", "transformer", "vae"}
    assert sizes(models / "wan", 2)["vae"].size == found["vae"].size // 2
    assert set(sizes(models / "wan", 2, without=("text_encoder",))) == {"transformer", "vae"}


def test_the_disk_holds_each_file_once(models: Path, tmp_path: Path) -> None:
    """A file that goes by two names, as in the hub's cache, is counted once."""
    whole = tmp_path / "whole"
    whole.mkdir()
    (whole / "blob").write_bytes(b"x" * 1000)
    (whole / "name.safetensors").symlink_to(whole / "blob")
    assert disk(whole) == 1000
    assert disk(models / "wan") > sum(part.size for part in sizes(models / "wan", 4).values())


def test_only_files_that_are_loaded_count(models: Path, tmp_path: Path) -> None:
    """Beside the weights may lie the same ones in another precision; an index says which of several are meant."""
    weights = next((models / "wan" / "vae").glob("*.safetensors")).read_bytes()
    one = tmp_path / "one" / "vae"
    one.mkdir(parents=True)
    (one / "model.safetensors").write_bytes(weights)
    alone = sizes(one.parent)
    (one / "model.fp16.safetensors").write_bytes(weights)
    assert sizes(one.parent) == alone
    (one / "model-1.safetensors").write_bytes(weights)
    (one / "model-2.safetensors").write_bytes(weights)
    (one / "model.safetensors.index.json").write_text(
        json.dumps({"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}})
    )
    assert sizes(one.parent)["vae"].size == 2 * alone["vae"].size
    (one / "model-2.safetensors").write_bytes(b"\0" * 4)
    with pytest.raises(ModelMissing, match=r"model-2\.safetensors cannot be read"):
        sizes(one.parent)


def _write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


MEMINFO = {"proc/meminfo": "MemTotal: 64000 kB\nMemAvailable:   32000 kB\n"}


@pytest.mark.parametrize(
    ("files", "free"),
    [
        ({}, 32000 * 1024),
        (
            {
                "proc/self/cgroup": "0::/a/b\n",
                "sys/fs/cgroup/a/b/memory.max": "max\n",
                "sys/fs/cgroup/a/b/memory.current": "100\n",
                "sys/fs/cgroup/a/memory.max": "9000\n",
                "sys/fs/cgroup/a/memory.current": "5000\n",
                "sys/fs/cgroup/a/memory.stat": "anon 1\ninactive_file 1500\n",
            },
            5500,
        ),
        (
            {
                "proc/self/cgroup": "4:memory:/docker/x\n1:cpu:/docker/x\n",
                "sys/fs/cgroup/memory/memory.limit_in_bytes": "7000\n",
                "sys/fs/cgroup/memory/memory.usage_in_bytes": "6000\n",
            },
            1000,
        ),
    ],
    ids=["none", "second version, above", "first version, in a container"],
)
def test_free_memory_heeds_the_limits_of_control_groups(tmp_path: Path, files: dict[str, str], free: int) -> None:
    """The narrowest limit counts; files that can be given back are free."""
    assert free_ram(_write(tmp_path, MEMINFO | files)) == free


def test_free_memory_is_known_without_any_of_those_files(tmp_path: Path) -> None:
    """The system itself tells then."""
    told = free_ram(tmp_path)
    assert told is None or told > 0
    assert room("cpu").vram is None


WAN_CODER = {"_class_name": "AutoencoderKLWan", "base_dim": 96}
LTX_CODER = {"spatio_temporal_scaling": [1, 1, 1, 0], "patch_size": 4, "decoder_block_out_channels": [128]}
PICTURES = {"_class_name": "AutoencoderKL", "block_out_channels": [128, 256, 512, 512]}
WAN_14B = Denoiser(
    "WanTransformer3DModel", {"num_attention_heads": 40, "attention_head_dim": 128, "patch_size": [1, 2, 2]}
)


def test_tokens_are_counted_from_the_configurations(models: Path) -> None:
    """Frames and pixels become latents by the coder's factors, and tokens by the denoiser's patches."""
    assert latent_of(WAN_CODER, 81, 832, 480) == Latent(21, 60, 104)
    assert WAN_14B.tokens(Latent(21, 60, 104)) == 32760
    assert latent_of(LTX_CODER, 121, 704, 480) == Latent(16, 15, 22)
    assert latent_of(PICTURES, 1, 512, 512) == Latent(1, 64, 64)
    assert latent_of(config_of(models / "ltx" / "vae"), 9, 32, 32) == Latent(2, 4, 4)
    with pytest.raises(ModelMissing, match=r"config\.json of transformers cannot be read"):
        config_of(models / "transformers")


def test_work_grows_with_what_is_made() -> None:
    """As many bytes for each token as the makers of Wan saw; tiles cap what decoding takes at once."""
    small, large = (working(WAN_14B, WAN_CODER, 81, *size) for size in ((832, 480), (1280, 720)))
    assert small.denoising == 32760 * 5120 * 80
    assert large.denoising / small.denoising == pytest.approx(75600 / 32760)
    assert small.tiled < small.decoding < large.decoding
    assert working(WAN_14B, WAN_CODER, 81, 832, 480, precision=4).denoising == 2 * small.denoising


def test_wanted_and_unwanted_in_one_call_take_twice_as_much() -> None:
    """Wan makes them one after the other, others both at once."""
    both = Denoiser("CogVideoXTransformer3DModel", WAN_14B.config)
    ratio = working(both, WAN_CODER, 81, 832, 480).denoising / working(WAN_14B, WAN_CODER, 81, 832, 480).denoising
    assert ratio == 2


def test_coders_of_pictures_take_one_after_the_other() -> None:
    """Sixteen frames at once take much; one at a time, or a few where the pipeline is told so, take little."""
    moving = Denoiser("UNetMotionModel", {"block_out_channels": [320]})
    clip = working(moving, PICTURES, 16, 512, 512)
    assert clip.tiled < clip.decoding / 8
    assert clip.tiled < working(moving, PICTURES, 16, 512, 512, at_once=4).decoding < clip.decoding / 3
