"""A second set of invented newsrooms, written blind: by somebody who knew neither the reader nor the first set."""
