"""Golden texts and pages, broken in every way that the web breaks them: a small part of `./run bench fuzzing`."""

from __future__ import annotations

import pytest

from benchmarks.fuzzing import inputs, trial


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [101, 102, 103])
def test_nothing_that_is_broken_breaks_reading(seed: int) -> None:
    """No exception, no 2 s, no 200 MB, nothing that may not be published, the same again; 4,000 inputs each."""
    found = {
        n: t.failures
        for n in range(4_000)
        if (t := trial.run(inputs.draft(seed, n), closely=n % 50 == 0)).failures
    }
    assert found == {}, f"see ./run bench fuzzing --seed {seed} --number N"
