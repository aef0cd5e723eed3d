"""Invented newsrooms, whole sites served over loopback: what `sources add ADDRESS` is held against."""
