"""What a person is told: one notification center."""
