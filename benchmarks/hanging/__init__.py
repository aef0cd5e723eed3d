"""How late healthy sources are polled while others hang."""
