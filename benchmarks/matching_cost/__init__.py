"""What one more release costs, at ten thousand and at a million stored ones."""
