"""What clip backends that run a diffusion model on this machine share: families as data, plans, loading, running."""
