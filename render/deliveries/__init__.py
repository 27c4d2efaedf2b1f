"""Deliveries: the same film as each place wants it, by presets: platforms, the web, a master, previews and pictures."""
