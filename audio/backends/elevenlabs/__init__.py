"""ElevenLabs: voices, music and effects that are bought. Speaks to the service through its own library only."""

from audio.backends.elevenlabs.effects import ElevenLabsEffects as ElevenLabsEffects
from audio.backends.elevenlabs.score import ElevenLabsScore as ElevenLabsScore
from audio.backends.elevenlabs.voice import ElevenLabsVoice as ElevenLabsVoice
