"""What is stored, and every question that can be asked of it."""
