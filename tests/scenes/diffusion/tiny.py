"""Tiny pipelines with random weights, built in code and saved as people's folders are: nothing is fetched for them."""

from __future__ import annotations

import string
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

HIDDEN = 32


def _diffusers(name: str) -> Any:
    """A class of diffusers; its constructors carry no types."""
    return getattr(import_module("diffusers"), name)


def t5_tokenizer() -> Any:
    """A tokenizer of single letters."""
    from transformers import T5Tokenizer

    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -1.0)]
    pieces += [(letter, -2.0) for letter in string.ascii_lowercase + string.digits + ".,:;-"]
    return T5Tokenizer(vocab=pieces, extra_ids=0)


def umt5() -> Any:
    """A text encoder of two layers."""
    from transformers import UMT5Config, UMT5EncoderModel

    made: Any = UMT5EncoderModel
    return made(
        UMT5Config(vocab_size=64, d_model=HIDDEN, d_kv=8, d_ff=37, num_layers=2, num_heads=4, dropout_rate=0.0)
    ).eval()


def wan_vae() -> Any:
    """A video coder of the family's own rules."""
    return _diffusers("AutoencoderKLWan")(
        base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True]
    )


def wan_transformer(channels: int = 16, **more: Any) -> Any:
    """A denoiser of two blocks."""
    return _diffusers("WanTransformer3DModel")(
        patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=12, in_channels=channels, out_channels=16,
        text_dim=HIDDEN, freq_dim=256, ffn_dim=32, num_layers=2, cross_attn_norm=True,
        qk_norm="rms_norm_across_heads", rope_max_seq_len=32, **more,
    )  # fmt: skip


def wan(folder: Path) -> Path:
    """Words to video."""
    pipe = _diffusers("WanPipeline")(
        tokenizer=t5_tokenizer(), text_encoder=umt5(), transformer=wan_transformer(), vae=wan_vae(),
        scheduler=_diffusers("FlowMatchEulerDiscreteScheduler")(shift=7.0),
    )  # fmt: skip
    return _saved(pipe, folder)


def wan_pictures(folder: Path) -> Path:
    """First, or first and last, picture to video, as Wan 2.2 has it: the coder alone looks at them."""
    pipe = _diffusers("WanImageToVideoPipeline")(
        tokenizer=t5_tokenizer(), text_encoder=umt5(), vae=wan_vae(), transformer=wan_transformer(36),
        scheduler=_diffusers("FlowMatchEulerDiscreteScheduler")(shift=3.0), image_encoder=None, image_processor=None,
    )  # fmt: skip
    return _saved(pipe, folder)


def wan_both(folder: Path) -> Path:
    """Words, or a first picture, to video with the same weights, as Wan 2.2's small one has it."""
    pipe = _diffusers("WanPipeline")(
        tokenizer=t5_tokenizer(), text_encoder=umt5(), transformer=wan_transformer(), vae=wan_vae(),
        scheduler=_diffusers("FlowMatchEulerDiscreteScheduler")(shift=5.0), expand_timesteps=True,
    )  # fmt: skip
    return _saved(pipe, folder)


def wan_vace(folder: Path) -> Path:
    """Pictures at any place, staging and references to video."""
    denoiser = _diffusers("WanVACETransformer3DModel")(
        patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=12, in_channels=16, out_channels=16,
        text_dim=HIDDEN, freq_dim=256, ffn_dim=32, num_layers=3, cross_attn_norm=True,
        qk_norm="rms_norm_across_heads", rope_max_seq_len=32, vace_layers=[0, 2], vace_in_channels=96,
    )  # fmt: skip
    for name, weight in denoiser.named_parameters():
        # Training does not leave them at nought, where they change nothing.
        if "proj_out" in name or "proj_in" in name:
            weight.data.normal_(0.0, 0.2)
    coder = wan_vae()
    # Without training pictures hardly differ once they are coded.
    coder.quant_conv.weight.data *= 40.0
    pipe = _diffusers("WanVACEPipeline")(
        tokenizer=t5_tokenizer(), text_encoder=umt5(), transformer=denoiser, vae=coder,
        scheduler=_diffusers("FlowMatchEulerDiscreteScheduler")(shift=3.0),
    )  # fmt: skip
    return _saved(pipe, folder)


def ltx(folder: Path) -> Path:
    """Words, and pictures at any place, to video."""
    from transformers import T5Config, T5EncoderModel

    made: Any = T5EncoderModel
    reader = made(T5Config(vocab_size=64, d_model=HIDDEN, d_kv=8, d_ff=37, num_layers=2, num_heads=4)).eval()
    coder = _diffusers("AutoencoderKLLTXVideo")(
        in_channels=3, out_channels=3, latent_channels=8, block_out_channels=(8, 8, 8, 8),
        decoder_block_out_channels=(8, 8, 8, 8), layers_per_block=(1, 1, 1, 1, 1),
        decoder_layers_per_block=(1, 1, 1, 1, 1), spatio_temporal_scaling=(True, True, True, False),
        decoder_spatio_temporal_scaling=(True, True, True, False), patch_size=1, patch_size_t=1,
    )  # fmt: skip
    pipe = _diffusers("LTXPipeline")(
        scheduler=_diffusers("FlowMatchEulerDiscreteScheduler")(use_dynamic_shifting=True),
        vae=coder, text_encoder=reader, tokenizer=t5_tokenizer(),
        transformer=_diffusers("LTXVideoTransformer3DModel")(
            in_channels=8, out_channels=8, patch_size=1, patch_size_t=1, num_attention_heads=4, attention_head_dim=8,
            cross_attention_dim=HIDDEN, num_layers=1, caption_channels=HIDDEN,
        ),
    )  # fmt: skip
    return _saved(pipe, folder)


def _seeded(make: Callable[[Path], Path]) -> Callable[[Path], Path]:
    """The same weights each time, and everybody else's dice as they were."""

    def made(folder: Path) -> Path:
        import torch

        with torch.random.fork_rng():
            torch.manual_seed(0)
            return make(folder)

    return made


def _saved(pipe: Any, folder: Path) -> Path:
    pipe.save_pretrained(folder, safe_serialization=True)
    return folder


MAKERS: dict[str, Callable[[Path], Path]] = {
    "wan": _seeded(wan),
    "wan pictures": _seeded(wan_pictures),
    "wan both": _seeded(wan_both),
    "wan vace": _seeded(wan_vace),
    "ltx": _seeded(ltx),
}
