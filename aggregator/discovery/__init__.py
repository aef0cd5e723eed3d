"""Finding out how an address can be read: which releases a document lists, and by which recipe.

Pure: documents in, `Candidate`s out, each with its evidence in words. What has to be fetched for it is the
business of `finding`, which asks these in the order of trust and lets a person decide.
"""

from aggregator.discovery.candidate import Candidate

__all__ = ["Candidate"]
