"""Tiny pipelines of more video families, built in code and saved as people's folders are, as in `tiny`."""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scenes.backend import WordsRequest
from scenes.diffusion.engine import Diffusion
from tests.scenes.diffusion.tiny import HIDDEN, _diffusers, _saved, _seeded, t5_tokenizer

LETTERS = string.ascii_lowercase + string.digits + ".,:;-'\""


def svd(folder: Path, frames: int = 25) -> Path:
    """A picture to video; its image encoder looks at 224 pixels."""
    from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModelWithProjection

    seer: Any = CLIPVisionModelWithProjection
    pipe = _diffusers("StableVideoDiffusionPipeline")(
        vae=_diffusers("AutoencoderKLTemporalDecoder")(
            block_out_channels=[32] * 4, down_block_types=["DownEncoderBlock2D"] * 4, latent_channels=4,
            layers_per_block=1, force_upcast=False,
        ),
        image_encoder=seer(CLIPVisionConfig(
            hidden_size=HIDDEN, projection_dim=HIDDEN, num_hidden_layers=1, num_attention_heads=4, image_size=224,
            intermediate_size=37, patch_size=56,
        )).eval(),
        unet=_diffusers("UNetSpatioTemporalConditionModel")(
            sample_size=8, num_frames=frames, in_channels=8, out_channels=4, block_out_channels=(32, 32),
            down_block_types=("CrossAttnDownBlockSpatioTemporal", "DownBlockSpatioTemporal"),
            up_block_types=("UpBlockSpatioTemporal", "CrossAttnUpBlockSpatioTemporal"), layers_per_block=1,
            cross_attention_dim=HIDDEN, num_attention_heads=4, projection_class_embeddings_input_dim=24,
            addition_time_embed_dim=8,
        ),
        scheduler=_diffusers("EulerDiscreteScheduler")(
            prediction_type="v_prediction", use_karras_sigmas=True, timestep_type="continuous",
            interpolation_type="linear", sigma_min=0.002, sigma_max=700.0,
        ),
        feature_extractor=CLIPImageProcessor(crop_size=32, size=32),
    )  # fmt: skip
    return _saved(pipe, folder)


def clip_tokenizer() -> Any:
    """A tokenizer of single letters, as the text encoders of older models have them."""
    from transformers import CLIPTokenizer

    pieces = [*LETTERS, *(f"{letter}</w>" for letter in LETTERS), "<|startoftext|>", "<|endoftext|>"]
    return CLIPTokenizer(vocab={piece: place for place, piece in enumerate(pieces)}, merges=[], model_max_length=77)


def clip_text() -> Any:
    """A text encoder of two layers."""
    from transformers import CLIPTextConfig, CLIPTextModel

    made: Any = CLIPTextModel
    count = 2 * len(LETTERS)
    return made(
        CLIPTextConfig(
            vocab_size=count + 2, hidden_size=HIDDEN, intermediate_size=37, num_hidden_layers=2, num_attention_heads=4,
            bos_token_id=count, eos_token_id=count + 1, pad_token_id=count + 1,
        )
    ).eval()  # fmt: skip


def zeroscope(folder: Path) -> Path:
    """Words to a few small frames; also the model that makes them larger, which is built alike."""
    pipe = _diffusers("TextToVideoSDPipeline")(
        vae=_diffusers("AutoencoderKL")(
            block_out_channels=(32,) * 4, down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4, latent_channels=4, layers_per_block=1, sample_size=32,
        ),
        text_encoder=clip_text(), tokenizer=clip_tokenizer(),
        unet=_diffusers("UNet3DConditionModel")(
            sample_size=8, in_channels=4, out_channels=4, block_out_channels=(8, 8), layers_per_block=1,
            down_block_types=("CrossAttnDownBlock3D", "DownBlock3D"),
            up_block_types=("UpBlock3D", "CrossAttnUpBlock3D"), cross_attention_dim=HIDDEN, attention_head_dim=4,
            norm_num_groups=2,
        ),
        scheduler=_diffusers("DDIMScheduler")(beta_schedule="scaled_linear", clip_sample=False, set_alpha_to_one=False),
    )  # fmt: skip
    return _saved(pipe, folder)


def cogvideox(folder: Path, pictures: bool = False, newer: bool = False) -> Path:
    """Words to video, a picture and words to video, or either as version 1.5 has it."""
    from transformers import T5Config, T5EncoderModel

    reader: Any = T5EncoderModel
    of_pictures = {"use_learned_positional_embeddings": True, "use_rotary_positional_embeddings": True}
    of_newer = {"patch_size_t": 2, "use_rotary_positional_embeddings": True, "patch_bias": False}
    more: dict[str, Any] = of_newer if newer else of_pictures if pictures else {}
    kind = "CogVideoXImageToVideoPipeline" if pictures else "CogVideoXPipeline"
    scheduler = "CogVideoXDPMScheduler" if pictures or newer else "CogVideoXDDIMScheduler"
    pipe = _diffusers(kind)(
        tokenizer=t5_tokenizer(),
        text_encoder=reader(
            T5Config(vocab_size=64, d_model=HIDDEN, d_kv=8, d_ff=37, num_layers=2, num_heads=4)
        ).eval(),
        vae=_diffusers("AutoencoderKLCogVideoX")(
            block_out_channels=(8,) * 4, down_block_types=("CogVideoXDownBlock3D",) * 4,
            up_block_types=("CogVideoXUpBlock3D",) * 4, latent_channels=4, layers_per_block=1, norm_num_groups=2,
            temporal_compression_ratio=4, sample_height=480, sample_width=720,
        ),
        transformer=_diffusers("CogVideoXTransformer3DModel")(
            num_attention_heads=2, attention_head_dim=16, in_channels=8 if pictures else 4, out_channels=4,
            time_embed_dim=2, text_embed_dim=HIDDEN, num_layers=1, sample_width=4, sample_height=4, sample_frames=9,
            patch_size=2, temporal_compression_ratio=4, max_text_seq_length=224 if newer else 226, **more,
        ),
        scheduler=_diffusers(scheduler)(timestep_spacing="trailing"),
    )  # fmt: skip
    return _saved(pipe, folder)


def chat_tokenizer() -> Any:
    """A tokenizer of bytes with a chat's marks, as models that were made for conversation have it."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    marks = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    pieces = [*sorted(pre_tokenizers.ByteLevel.alphabet()), *marks]
    bare = Tokenizer(models.BPE(vocab={piece: place for place, piece in enumerate(pieces)}, merges=[]))
    bare.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bare.decoder = decoders.ByteLevel()
    roles = {"pad_token": marks[0], "eos_token": marks[2], "additional_special_tokens": marks[1:]}
    fast: Any = PreTrainedTokenizerFast
    made = fast(tokenizer_object=bare, padding_side="right", **roles)
    made.chat_template = (
        "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    )
    return made


def hunyuan(folder: Path, pictures: bool = False) -> Path:
    """Words, or a picture and words, to video, with a reader of conversations and one of letters in quotes."""
    from importlib import import_module

    from transformers import ByT5Tokenizer, Qwen2_5_VLTextConfig, Qwen2_5_VLTextModel, T5Config, T5EncoderModel

    reader: Any = Qwen2_5_VLTextModel
    shape: Any = Qwen2_5_VLTextConfig
    letters: Any = T5EncoderModel
    guidance = import_module("diffusers.guiders").ClassifierFreeGuidance
    more: dict[str, Any] = {}
    if pictures:
        from transformers import SiglipImageProcessor, SiglipVisionConfig, SiglipVisionModel

        seer: Any = SiglipVisionModel
        more["image_encoder"] = seer(SiglipVisionConfig(
            hidden_size=12, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=32,
            patch_size=16,
        )).eval()  # fmt: skip
        more["feature_extractor"] = SiglipImageProcessor(size={"height": 32, "width": 32})
    pipe = _diffusers("HunyuanVideo15ImageToVideoPipeline" if pictures else "HunyuanVideo15Pipeline")(
        transformer=_diffusers("HunyuanVideo15Transformer3DModel")(
            in_channels=9, out_channels=4, num_attention_heads=2, attention_head_dim=8, num_layers=1,
            num_refiner_layers=1, mlp_ratio=2.0, patch_size=1, patch_size_t=1, text_embed_dim=16, text_embed_2_dim=32,
            image_embed_dim=12, rope_axes_dim=(2, 2, 4), target_size=640, task_type="i2v" if pictures else "t2v",
        ).eval(),
        vae=_diffusers("AutoencoderKLHunyuanVideo15")(
            in_channels=3, out_channels=3, latent_channels=4, block_out_channels=(16,) * 5, layers_per_block=1,
            spatial_compression_ratio=16, temporal_compression_ratio=4, downsample_match_channel=False,
            upsample_match_channel=False,
        ).eval(),
        scheduler=_diffusers("FlowMatchEulerDiscreteScheduler")(shift=5.0),
        text_encoder=reader(shape(
            vocab_size=300, hidden_size=16, intermediate_size=16, num_hidden_layers=3, num_attention_heads=2,
            num_key_value_heads=2, rope_theta=1e6,
            rope_scaling={"mrope_section": [1, 1, 2], "rope_type": "default", "type": "default"},
        )).eval(),
        tokenizer=chat_tokenizer(),
        text_encoder_2=letters(
            T5Config(vocab_size=400, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4)
        ).eval(),
        tokenizer_2=ByT5Tokenizer(),
        guider=guidance(guidance_scale=4.0),
        **more,
    )  # fmt: skip
    return _saved(pipe, folder)


def ltx2(folder: Path) -> Path:
    """Words, and pictures at any place, to video with sound."""
    from importlib import import_module

    from transformers import Gemma3Config, Gemma3ForConditionalGeneration

    reader: Any = Gemma3ForConditionalGeneration
    ltx = import_module("diffusers.pipelines.ltx2")
    vocoder = import_module("diffusers.pipelines.ltx2.vocoder").LTX2Vocoder
    pipe = _diffusers("LTX2Pipeline")(
        scheduler=_diffusers("FlowMatchEulerDiscreteScheduler")(use_dynamic_shifting=True),
        vae=_diffusers("AutoencoderKLLTX2Video")(
            latent_channels=4, block_out_channels=(8,) * 4, decoder_block_out_channels=(8, 16, 32),
            layers_per_block=(1,) * 5, decoder_layers_per_block=(1,) * 4, spatial_compression_ratio=32,
            temporal_compression_ratio=8, decoder_spatial_padding_mode="zeros",
        ),
        audio_vae=_diffusers("AutoencoderKLLTX2Audio")(
            base_channels=4, output_channels=2, ch_mult=(1, 1, 1), num_res_blocks=1, attn_resolutions=None,
            in_channels=2, resolution=32, latent_channels=2, norm_type="pixel", causality_axis="height", dropout=0.0,
            mid_block_add_attention=False, sample_rate=16000, mel_hop_length=160, is_causal=True, mel_bins=8,
        ),
        text_encoder=reader(Gemma3Config(
            text_config={
                "vocab_size": 64, "hidden_size": HIDDEN, "intermediate_size": 16, "num_hidden_layers": 2, "head_dim": 8,
                "num_attention_heads": 2, "num_key_value_heads": 1, "max_position_embeddings": 2048,
            },
            vision_config={
                "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
                "image_size": 28, "patch_size": 14,
            },
            mm_tokens_per_image=4, boi_token_index=60, eoi_token_index=61, image_token_index=62,
        )).eval(),
        tokenizer=t5_tokenizer(),
        connectors=ltx.LTX2TextConnectors(
            caption_channels=HIDDEN, text_proj_in_factor=3, video_connector_num_attention_heads=4,
            video_connector_attention_head_dim=8, video_connector_num_layers=1,
            video_connector_num_learnable_registers=None, audio_connector_num_attention_heads=4,
            audio_connector_attention_head_dim=8, audio_connector_num_layers=1,
            audio_connector_num_learnable_registers=None, connector_rope_base_seq_len=32, rope_theta=10000.0,
            rope_double_precision=False, causal_temporal_positioning=False, rope_type="split",
        ),
        transformer=_diffusers("LTX2VideoTransformer3DModel")(
            in_channels=4, out_channels=4, patch_size=1, patch_size_t=1, num_attention_heads=2, attention_head_dim=8,
            cross_attention_dim=16, audio_in_channels=4, audio_out_channels=4, audio_num_attention_heads=2,
            audio_attention_head_dim=4, audio_cross_attention_dim=8, num_layers=2, caption_channels=HIDDEN,
            rope_double_precision=False, rope_type="split", perturbed_attn=True,
        ),
        duration_head=ltx.LTX2DurationHead(
            video_cross_attention_dim=32, audio_cross_attention_dim=32, pooler_hidden_dim=8, num_queries=1,
            num_pooler_heads=2, mlp_hidden_dim=8,
        ),
        vocoder=vocoder(
            in_channels=16, hidden_channels=32, out_channels=2, upsample_kernel_sizes=[16, 15, 8],
            upsample_factors=[6, 5, 8], resnet_kernel_sizes=[3], resnet_dilations=[[1, 3, 5]],
            leaky_relu_negative_slope=0.1, output_sampling_rate=24000,
        ),
    )  # fmt: skip
    return _saved(pipe, folder)


MAKERS_VIDEO: dict[str, Callable[[Path], Path]] = {
    "svd": _seeded(svd),
    "svd short": _seeded(lambda folder: svd(folder, frames=14)),
    "zeroscope": _seeded(zeroscope),
    "cogvideox": _seeded(cogvideox),
    "cogvideox pictures": _seeded(lambda folder: cogvideox(folder, pictures=True)),
    "cogvideox newer": _seeded(lambda folder: cogvideox(folder, newer=True)),
    "hunyuan": _seeded(hunyuan),
    "hunyuan pictures": _seeded(lambda folder: hunyuan(folder, pictures=True)),
    "ltx2": _seeded(ltx2),
}
"""Makers of tiny models by name: writes one into a folder, the same bytes each time."""


def encoded(backend: Diffusion, model: str, folder: Path, prompts: tuple[str, ...]) -> dict[str, Path]:
    """What a model's reader makes of prompts, by what to leave out (nothing, or fog): read once, as a film does it."""
    found = {negative: folder / f"{model} {negative}.safetensors" for negative in ("", "fog")}
    for negative, out in found.items():
        if not out.exists():
            asked = WordsRequest(backend.name, prompts, negative, (("folder", model),))
            backend.encode(asked, backend.reading_files(backend.weights(asked.model, None)), out)
    return found
