"""When a source is looked at next: learnt from its own history, and explained. Pure."""

from aggregator.rhythm.history import History, Look, decode, encode, learn
from aggregator.rhythm.planning import Answer, Next, Plan, next_poll

__all__ = ["Answer", "History", "Look", "Next", "Plan", "decode", "encode", "learn", "next_poll"]
