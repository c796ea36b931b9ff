"""What is asked of a network, and what of its ties the question leaves open.

Wished togetherness melts actors into one; with two coalitions apartness does too. `problem` does the same for the solver, in
arrays; the check of a certificate shares nothing with it.
"""

from __future__ import annotations

from dataclasses import dataclass

TWO = 2

Pair = tuple[int, int]
Tie = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Question:
    """Which splits are allowed.

    Attributes:
        k: at most so many coalitions, None for as many as fit.
        together: pairs of actors that every split must keep together.
        apart: pairs that it must keep apart.
    """

    k: int | None = None
    together: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()

    def stranger(self, n: int) -> int | None:
        """Return an actor that a wish names and that isn't among 0..n-1, None where there is none."""
        named = (actor for pair in (*self.together, *self.apart) for actor in pair)
        return next((actor for actor in named if not 0 <= actor < n), None)

    def allows_the_same(self, other: Question, n: int) -> bool:
        """Return whether both allow the same splits of `n` actors, in whichever words; all actors must be among them."""
        return self._meaning(n) == other._meaning(n)

    def _meaning(self, n: int) -> tuple[object, ...]:
        home, side = self.homes(n)
        # No split has more coalitions than actors.
        return None if self.k is None or self.k >= n else self.k, home, side, self._kept_apart(home)

    def homes(self, n: int) -> tuple[list[int], list[int]]:
        """Return each actor's class (its smallest member), and its side in it: 1 for the one against that member's."""
        links = [(a, b, 0) for a, b in self.together]
        links += [(a, b, 1) for a, b in self.apart] if self.k == TWO else []
        near: dict[int, list[Pair]] = {}
        for a, b, differ in links:
            near.setdefault(a, []).append((b, differ))
            near.setdefault(b, []).append((a, differ))
        home, side = list(range(n)), [0] * n
        seen: set[int] = set()
        for start in sorted(near):
            if start in seen:
                continue
            seen.add(start)
            queue = [start]
            for actor in queue:  # grows while it is read
                for other, differ in near[actor]:
                    if other not in seen:
                        seen.add(other)
                        home[other], side[other] = start, side[actor] ^ differ
                        queue.append(other)
        return home, side

    def _kept_apart(self, home: list[int]) -> set[Pair]:
        """Return the pairs of classes that must be apart; with two coalitions these have melted."""
        pairs = () if self.k == TWO else self.apart
        return {(min(home[a], home[b]), max(home[a], home[b])) for a, b in pairs}


@dataclass(frozen=True, slots=True)
class Melted:
    """The ties between classes of actors, named by their smallest members, the smaller first.

    Attributes:
        price: what violating each tie costs.
        positive: whether its ends want to be together.
        forced: ties that must hold.
        lost: the weight that is violated whatever the split.
    """

    price: dict[Pair, int]
    positive: dict[Pair, bool]
    forced: set[Pair]
    lost: int

    @classmethod
    def under(cls, asked: Question, n: int, ties: list[Tie]) -> Melted:
        """Return the `ties` (a, b, weight) of `n` actors as the question sees them."""
        home, side = asked.homes(n)
        sums: dict[Pair, list[int]] = {}
        lost = 0
        for a, b, w in ties:
            sign = w if side[a] == side[b] else -w
            u, v = sorted((home[a], home[b]))
            if u == v:
                lost += -sign if sign < 0 else 0
            else:
                entry = sums.setdefault((u, v), [0, 0])
                entry[sign < 0] += abs(w)
        forced = asked._kept_apart(home)  # noqa: SLF001 - of the same file
        for tie in forced:
            lost += sums.get(tie, [0, 0])[0]
            sums[tie] = [0, 0]
        lost += sum(min(entry) for entry in sums.values())
        price = {tie: abs(entry[0] - entry[1]) for tie, entry in sums.items()}
        return cls(price, {tie: entry[0] > entry[1] for tie, entry in sums.items()}, forced, lost)
