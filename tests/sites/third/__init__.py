"""A third set of invented newsrooms, written blind after real products' markup, by somebody who knew neither the reader nor the other sets."""
