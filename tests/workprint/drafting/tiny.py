"""A language model of a few thousand random weights, with a tokenizer of bytes, made on the spot."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def tiny_model(folder: Path) -> Path:
    """Save a causal language model as safetensors; gives its folder."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = ["<s>", "</s>", *alphabet]
    plain = Tokenizer(models.BPE(vocab={word: number for number, word in enumerate(words)}, merges=[]))
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    plain.decoder = decoders.ByteLevel()
    ends: dict[str, Any] = {"bos_token": "<s>", "eos_token": "</s>"}
    made: Any = PreTrainedTokenizerFast
    tokenizer = made(tokenizer_object=plain, **ends)
    torch.manual_seed(1)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(words),
            hidden_size=16,
            intermediate_size=32,
            num_hidden_layers=1,
            num_attention_heads=2,
            num_key_value_heads=2,
            max_position_embeddings=32_000,
        )
    )
    tokenizer.save_pretrained(str(folder))
    model.save_pretrained(str(folder), safe_serialization=True)
    return folder
