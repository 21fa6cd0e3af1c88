"""Cases of programmes (事项): who may have one, what is known of their subjects, how they go on."""
