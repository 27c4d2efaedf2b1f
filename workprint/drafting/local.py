"""A language model on this machine, by transformers: every token is chosen among those that the form allows.

Safetensors only, nothing is downloaded, no code of a model is run. The form is held by the library `llguidance`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from projects.extras import pip_install
from projects.weights import LocalModel, find_model, quiet, stay_offline
from storyboard.drafting.instructions import Message
from storyboard.errors import MissingError, RenderError

LONGEST = 6_000
"""Tokens of a reply."""


class LocalWriter:
    """A causal language model of a folder, or of a repository in the local cache."""

    def __init__(self, model: str, revision: str = "", *, temperature: float = 0.8, window: int = 6) -> None:
        """Find the weights; raises ModelMissing with the line that fetches them."""
        here = Path(model).resolve()
        named = ("folder", here.name) if here.is_dir() else ("repo", model)
        settings = [named, *([("revision", revision)] if revision else [])]
        self._place: LocalModel = find_model(settings, None, project=here.parent)
        self._temperature = temperature
        self.window = window
        self._loaded: tuple[Any, Any] | None = None

    @property
    def label(self) -> str:
        """The model's name and commit."""
        return self._place.label

    def write(self, messages: Sequence[Message], form: dict[str, Any], seed: int) -> tuple[str, tuple[str, ...]]:
        """A reply that is valid by the form, token for token; RenderError where the model has no room for it."""
        import torch

        with quiet():
            tokenizer, model = self._load()
            prompt = self._prompt(tokenizer, messages)
            ids = tokenizer(prompt, return_tensors="pt", add_special_tokens=False).input_ids.to(model.device)
            generator = torch.Generator("cpu").manual_seed(seed)
            chosen = self._choose(model, tokenizer, ids, form, generator)
        return tokenizer.decode(chosen, skip_special_tokens=True), ()

    def _load(self) -> tuple[Any, Any]:
        if self._loaded is None:
            stay_offline()
            try:
                import llguidance  # noqa: F401  # asked for now, and not in the middle of a reply
                import torch
                from transformers import AutoModelForCausalLM, AutoTokenizer
            except ImportError as problem:
                raise MissingError(
                    f"a local language model needs {problem.name}", f"Run `{pip_install('draft')}`."
                ) from problem
            held: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
            tokenizer = AutoTokenizer.from_pretrained(str(self._place.path), **held)
            model = AutoModelForCausalLM.from_pretrained(str(self._place.path), use_safetensors=True, **held)
            device: Any = "cuda" if torch.cuda.is_available() else "cpu"
            model.train(False)
            self._loaded = tokenizer, model.to(device)
        return self._loaded

    def _prompt(self, tokenizer: Any, messages: Sequence[Message]) -> str:
        """The messages in the model's own form of a talk, or plainly one after another where it has none."""
        if getattr(tokenizer, "chat_template", None):
            return str(tokenizer.apply_chat_template(list(messages), tokenize=False, add_generation_prompt=True))
        return "\n\n".join(one["content"] for one in messages) + "\n\n"

    def _choose(self, model: Any, tokenizer: Any, ids: Any, form: dict[str, Any], generator: Any) -> list[int]:
        """Token after token, each by chance among those that the form allows next."""
        import llguidance
        import llguidance.hf
        import llguidance.torch as masks
        import torch

        size = int(model.config.vocab_size)
        table = llguidance.hf.from_tokenizer(tokenizer, n_vocab=size)
        grammar = llguidance.LLMatcher.grammar_from_json_schema(
            json.dumps(form), defaults={"whitespace_flexible": False}
        )
        matcher = llguidance.LLMatcher(table, grammar)
        if matcher.get_error():
            raise RenderError(f"the form cannot be held: {matcher.get_error()}", "report this")
        mask = masks.allocate_token_bitmask(1, size)
        chosen: list[int] = []
        past, given = None, ids
        room = int(getattr(model.config, "max_position_embeddings", 0) or LONGEST) - ids.shape[1]
        if room < 64:
            raise RenderError(f"the model has no room for the task ({ids.shape[1]} tokens)", "take a model with more")
        with torch.inference_mode():
            while not matcher.is_stopped():
                if len(chosen) >= min(room, LONGEST):
                    raise RenderError("the model came to no end", "ask for fewer scenes, or take another model")
                out = model(input_ids=given, past_key_values=past, use_cache=True)
                past, logits = out.past_key_values, out.logits[:, -1, :].float().cpu()
                masks.fill_next_token_bitmask(matcher, mask, 0)
                masks.apply_token_bitmask_inplace(logits, mask)
                chances = torch.softmax(logits[0] / max(self._temperature, 1e-3), -1)
                token = int(torch.multinomial(chances, 1, generator=generator))
                if not matcher.consume_token(token):
                    raise RenderError(f"the form was left: {matcher.get_error()}", "report this")
                chosen.append(token)
                given = torch.tensor([[token]], device=ids.device)
        return chosen
