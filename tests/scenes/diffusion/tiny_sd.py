"""Tiny pipelines of the Stable Diffusion line, and what lies beside them, built in code and saved as people's are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenes.backend import ClipPlan, ClipRequest, Guide
from tests.scenes.diffusion.tiny import HIDDEN, _diffusers, _saved, _seeded, t5_tokenizer
from tests.scenes.diffusion.tiny_video import LETTERS, clip_text, clip_tokenizer

if TYPE_CHECKING:
    from PIL.Image import Image

_BLOCKS = (8, 16)
"""Channels of the denoiser's two stages."""


def coder() -> Any:
    """A coder of pictures: eight pixels to one latent."""
    return _diffusers("AutoencoderKL")(
        block_out_channels=(8,) * 4, down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4, latent_channels=4, layers_per_block=1, sample_size=32,
        norm_num_groups=2,
    )  # fmt: skip


def denoiser(**more: Any) -> Any:
    """A denoiser of two stages."""
    return _diffusers("UNet2DConditionModel")(**{
        "sample_size": 8, "in_channels": 4, "out_channels": 4, "block_out_channels": _BLOCKS, "layers_per_block": 1,
        "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"), "norm_num_groups": 2, "attention_head_dim": 2,
        "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D"), "cross_attention_dim": HIDDEN, **more,
    })  # fmt: skip


def noise() -> Any:
    """The steps that folders of Stable Diffusion 1.5 ask for."""
    return _diffusers("PNDMScheduler")(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1, skip_prk_steps=True
    )


def sd(folder: Path) -> Path:
    """Words to a picture."""
    pipe = _diffusers("StableDiffusionPipeline")(
        vae=coder(), text_encoder=clip_text(), tokenizer=clip_tokenizer(), unet=denoiser(), scheduler=noise(),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip
    return _saved(pipe, folder)


_OF_XL: dict[str, Any] = {
    "addition_embed_type": "text_time", "addition_time_embed_dim": 8, "cross_attention_dim": 2 * HIDDEN,
    "projection_class_embeddings_input_dim": HIDDEN + 6 * 8,
}  # fmt: skip


def sdxl(folder: Path) -> Path:
    """Words, read twice, to a picture."""
    from transformers import CLIPTextConfig, CLIPTextModelWithProjection

    reader: Any = CLIPTextModelWithProjection
    count = 2 * len(LETTERS)
    second = reader(CLIPTextConfig(
        vocab_size=count + 2, hidden_size=HIDDEN, intermediate_size=37, num_hidden_layers=2, num_attention_heads=4,
        bos_token_id=count, eos_token_id=count + 1, pad_token_id=count + 1, projection_dim=HIDDEN,
    )).eval()  # fmt: skip
    pipe = _diffusers("StableDiffusionXLPipeline")(
        vae=coder(), text_encoder=clip_text(), tokenizer=clip_tokenizer(), text_encoder_2=second,
        tokenizer_2=clip_tokenizer(), unet=denoiser(**_OF_XL),
        scheduler=_diffusers("EulerDiscreteScheduler")(beta_schedule="scaled_linear", steps_offset=1),
    )  # fmt: skip
    return _saved(pipe, folder)


def flux(folder: Path) -> Path:
    """Words, read by two readers of other kinds, to a picture."""
    from transformers import T5Config, T5EncoderModel

    reader: Any = T5EncoderModel
    pipe = _diffusers("FluxPipeline")(
        scheduler=_diffusers("FlowMatchEulerDiscreteScheduler")(use_dynamic_shifting=True),
        vae=_diffusers("AutoencoderKL")(
            block_out_channels=(8,) * 4, down_block_types=("DownEncoderBlock2D",) * 4, sample_size=32,
            up_block_types=("UpDecoderBlock2D",) * 4, latent_channels=4, layers_per_block=1, norm_num_groups=2,
            use_quant_conv=False, use_post_quant_conv=False, shift_factor=0.06, scaling_factor=1.5,
        ),
        text_encoder=clip_text(), tokenizer=clip_tokenizer(), tokenizer_2=t5_tokenizer(),
        text_encoder_2=reader(
            T5Config(vocab_size=64, d_model=HIDDEN, d_kv=8, d_ff=37, num_layers=2, num_heads=4)
        ).eval(),
        transformer=_diffusers("FluxTransformer2DModel")(
            patch_size=1, in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16,
            num_attention_heads=2, joint_attention_dim=HIDDEN, pooled_projection_dim=HIDDEN, axes_dims_rope=(4, 4, 8),
        ),
    )  # fmt: skip
    return _saved(pipe, folder)


def motion(folder: Path, longest: int = 32) -> Path:
    """What sets pictures in motion: for so many frames at once."""
    made = _diffusers("MotionAdapter")(
        block_out_channels=_BLOCKS, motion_layers_per_block=1, motion_norm_num_groups=2, motion_num_attention_heads=2,
        motion_max_seq_length=longest, use_motion_mid_block=True,
    )  # fmt: skip
    return _saved(_woken(made), folder)


def control(folder: Path, **more: Any) -> Path:
    """What keeps a picture to a guide."""
    made = _diffusers("ControlNetModel")(**{
        "block_out_channels": _BLOCKS, "layers_per_block": 1, "in_channels": 4, "cross_attention_dim": HIDDEN,
        "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"), "norm_num_groups": 2, "attention_head_dim": 2,
        "conditioning_embedding_out_channels": (16, 16, 16, 32), **more,
    })  # fmt: skip
    return _saved(_woken(made), folder)


def sparse(folder: Path) -> Path:
    """What keeps a clip to pictures at some of its frames."""
    made = _diffusers("SparseControlNetModel")(
        block_out_channels=_BLOCKS, layers_per_block=1, in_channels=4, conditioning_channels=4, norm_num_groups=2,
        cross_attention_dim=HIDDEN, down_block_types=("CrossAttnDownBlockMotion", "DownBlockMotion"),
        attention_head_dim=2, motion_num_attention_heads=2, motion_max_seq_length=32, concat_conditioning_mask=True,
        use_simplified_condition_embedding=True, conditioning_embedding_out_channels=(8,),
    )  # fmt: skip
    return _saved(_woken(made), folder)


def references(folder: Path, width: int = HIDDEN) -> Path:
    """What looks at pictures of characters: weights for the tiny denoiser, and their encoder beside them."""
    import torch
    from safetensors.torch import save_file
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    seer: Any = CLIPVisionModelWithProjection
    encoder = seer(CLIPVisionConfig(
        hidden_size=HIDDEN, projection_dim=HIDDEN, num_hidden_layers=1, num_attention_heads=4, image_size=32,
        intermediate_size=37, patch_size=16,
    )).eval()  # fmt: skip
    encoder.save_pretrained(folder / "image_encoder")
    tensors = {
        "image_proj.proj.weight": torch.randn(4 * width, HIDDEN) * 0.3,
        "image_proj.proj.bias": torch.zeros(4 * width),
        "image_proj.norm.weight": torch.ones(width),
        "image_proj.norm.bias": torch.zeros(width),
    }
    # The layers that look are counted as the denoiser has them: 1 down, 2 up, 1 in the middle.
    for number, channels in zip((1, 3, 5, 7), (_BLOCKS[0], _BLOCKS[0], _BLOCKS[0], _BLOCKS[1]), strict=True):
        for name in ("to_k_ip", "to_v_ip"):
            tensors[f"ip_adapter.{number}.{name}.weight"] = torch.randn(channels, width) * 0.5
    save_file(tensors, folder / "ip-adapter.safetensors")
    return folder


def small(folder: Path, seed: int = 1) -> Path:
    """Small weights of a character over the denoiser, as a file of the folder."""
    return _over(folder, denoiser(), ["to_q", "to_k", "to_v", "to_out.0"], seed)


def camera(folder: Path) -> Path:
    """Small weights of a camera's move, over what moves."""
    adapter = _diffusers("MotionAdapter")(
        block_out_channels=_BLOCKS, motion_layers_per_block=1, motion_norm_num_groups=2, motion_num_attention_heads=2,
        motion_max_seq_length=32, use_motion_mid_block=True,
    )  # fmt: skip
    moving = _diffusers("UNetMotionModel").from_unet2d(denoiser(), adapter)
    return _over(folder, moving, r".*motion_modules.*\.(to_q|to_k|to_v)", 3)


def _over(folder: Path, model: Any, layers: list[str] | str, seed: int) -> Path:
    """Saves small weights over layers of a model in the form in which trainers save them."""
    import torch
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    torch.manual_seed(seed)
    model.add_adapter(LoraConfig(r=2, lora_alpha=2, target_modules=layers, init_lora_weights=False))
    _diffusers("StableDiffusionPipeline").save_lora_weights(folder, unet_lora_layers=get_peft_model_state_dict(model))
    return folder


def _woken(model: Any) -> Any:
    """New weights for layers that begin at nought, as training leaves none: without it they change nothing."""
    import torch

    for weights in model.parameters():
        if not weights.any():
            torch.nn.init.normal_(weights)
    return model


MAKERS_SD: dict[str, Callable[[Path], Path]] = {
    "sd": _seeded(sd),
    "sdxl": _seeded(sdxl),
    "flux": _seeded(flux),
    "motion": _seeded(motion),
    "motion short": _seeded(lambda folder: motion(folder, longest=24)),
    "controlnet": _seeded(control),
    "controlnet xl": _seeded(lambda folder: control(folder, **_OF_XL)),
    "sparsectrl": _seeded(sparse),
    "ip adapter": _seeded(references),
    "ip adapter xl": _seeded(lambda folder: references(folder, 2 * HIDDEN)),
    "anna": _seeded(small),
    "bert": _seeded(lambda folder: small(folder, seed=2)),
    "camera": _seeded(camera),
    "stranger": _seeded(lambda folder: _over(folder, denoiser(cross_attention_dim=48), ["to_q", "to_k", "to_v"], 4)),
}
"""Makers of tiny models by name: writes one into a folder, the same bytes each time."""


def stage(request: ClipRequest, plan: ClipPlan) -> Callable[[Guide, Sequence[int]], list[Image]]:
    """A stage as the painter shows it, in short: a bar for everybody, where he stands, that goes right by frames."""
    import numpy as np
    from PIL.Image import fromarray

    places = {"far left": 0.1, "left": 0.3, "center": 0.5, "right": 0.7, "far right": 0.9}

    def pictures(guide: Guide, frames: Sequence[int]) -> list[Image]:
        shown = []
        for frame in frames:
            ground = np.full((plan.height, plan.width, 3), 40 if guide == "layout" else 0, np.uint8)
            for at in [places[part.at] for part in request.scene.cast] or [0.2]:
                left = round(at * plan.width) + frame % (plan.width // 2)
                ground[plan.height // 4 :, left : left + plan.width // 8] = 180 if guide == "layout" else 255
            shown.append(fromarray(ground))
        return shown

    return pictures
