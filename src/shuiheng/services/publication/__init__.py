"""What a city tells the public of its progress: one person drafts it, another publishes it."""
