"""Speech by models of the transformers library: one engine, and a file for each architecture."""

from __future__ import annotations

from audio.backends.transformers_speech.engine import TransformersSpeech as TransformersSpeech
