"""Streams of random numbers that are the same on every machine and version.

One stream a kind of entity, so that a new field or record changes nothing else. Only
`Random.random` is asked, whose sequence Python keeps; everything else is made from it here.
"""

import hashlib
import math
from collections.abc import Sequence
from random import Random
from statistics import NormalDist
from typing import Final, TypeVar

T = TypeVar("T")

_NORMAL: Final = NormalDist()


class Stream:
    """Random numbers for one kind of entity of one demo hospital."""

    def __init__(self, profile: str, seed: int, entity: str) -> None:
        words = f"{profile}\n{seed}\n{entity}".encode()
        self._random = Random(int.from_bytes(hashlib.blake2b(words, digest_size=16).digest()))

    def share(self) -> float:
        """Give a number from 0 up to, but not, 1."""
        return self._random.random()

    def happens(self, chance: float) -> bool:
        """Tell whether something of that chance happens."""
        return self.share() < chance

    def between(self, low: float, high: float) -> float:
        """Give a number between two others."""
        return low + (high - low) * self.share()

    def whole(self, low: int, high: int) -> int:
        """Give an integer from `low` to `high`, both included."""
        return low + int(self.share() * (high - low + 1))

    def normal(self, mean: float = 0.0, deviation: float = 1.0) -> float:
        """Give a normally distributed number."""
        return mean + deviation * _NORMAL.inv_cdf((self.share() * 2**20 + 0.5) / (2**20 + 1))

    def lognormal(self, mu: float, sigma: float) -> float:
        """Give a number whose logarithm is normally distributed."""
        return math.exp(self.normal(mu, sigma))

    def exponential(self, mean: float) -> float:
        """Give a waiting time."""
        return -mean * math.log(1.0 - self.share())

    def one(self, items: Sequence[T]) -> T:
        """Give one of some things."""
        return items[int(self.share() * len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        """Give one of some things, by weight."""
        left = self.share() * sum(weights)
        for item, weight in zip(items, weights, strict=True):
            left -= weight
            if left < 0:
                return item
        return items[-1]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Give the same things in random order."""
        return [item for _, _, item in sorted((self.share(), i, x) for i, x in enumerate(items))]

    def spread(self, weights: Sequence[float], total: int) -> list[int]:
        """Share out a total by weight: each gets its part, rounded down or up, by one draw.

        Systematic sampling: one random offset, then equal steps.
        """
        if total == 0:
            return [0] * len(weights)
        step = sum(weights) / total
        edge, reached, found = self.share() * step, 0.0, []
        for weight in weights:
            reached += weight
            count = 0
            while edge < reached - 1e-9 * step:
                count += 1
                edge += step
            found.append(count)
        found[-1] += total - sum(found)
        return found

    def dealt(self, items: Sequence[T], weights: Sequence[float], total: int) -> list[T]:
        """Give `total` things in random order, each as often as its weight says."""
        counts = self.spread(weights, total)
        return self.shuffled([x for x, n in zip(items, counts, strict=True) for _ in range(n)])
