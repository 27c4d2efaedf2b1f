"""From cues on a grid of samples to one loud-enough programme, coded in pieces."""
