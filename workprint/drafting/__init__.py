"""Language models that write first storyboards: on this machine, or behind an address that speaks OpenAI's form."""
