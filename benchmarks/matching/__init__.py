"""How well and how fast matching tells releases from each other."""
