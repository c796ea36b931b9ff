"""The forecast of an issue: what it holds, in JSON, and as pieces of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegiance.pictures import element, joined, table
from allegiance.pictures.rounds import Path, rounds_picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from allegiance.analysis.issue_doubt import Sensitivity
    from allegiance.model import Result
    from allegiance.model.issue import Issue
    from allegiance.pictures import Markup

AVERSE, ACCEPTANT = 0.9, 1.1
"""Exponents below and above these are called averse to risk and willing to take it; 1 is neutral."""


@dataclass(frozen=True, slots=True)
class OfferMade:
    """What a challenger's stand means for a party in one round.

    Attributes:
        party: who faces it.
        challenger: who makes it.
        kind: conflict, compromise or compelled.
        position: where the party would stand if it took this offer.
        gain: what the party expects of challenging the challenger.
        threat: what the challenger expects of challenging the party, as the party weighs it.
        taken: whether it is the one that the party takes.
    """

    party: str
    challenger: str
    kind: str
    position: float
    gain: float
    threat: float
    taken: bool


@dataclass(frozen=True, slots=True)
class Round:
    """One round.

    Attributes:
        positions: by party, after the round.
        median: weighted median of them, the forecast if it ended here.
        mean: weighted mean of them.
        risk: by party, the exponent of its attitude to risk: 0.5 (averse) to 2 (acceptant).
        offers: all offers of the round.
        stalemates: number of pairs at different positions of whom neither can move the other.
    """

    positions: Mapping[str, float]
    median: float
    mean: float
    risk: Mapping[str, float]
    offers: tuple[OfferMade, ...]
    stalemates: int

    @property
    def moves(self) -> tuple[OfferMade, ...]:
        """The offers that were taken: who yields to whom."""
        return tuple(offer for offer in self.offers if offer.taken)


@dataclass(frozen=True, slots=True)
class Camp:
    """Parties that stand together at the end, where, and their share of capability times salience."""

    position: float
    parties: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class OtherReading:
    """Where the dispute goes when the published model is read the other way, and whether it comes to rest there."""

    reading: str
    forecast: float
    settled: bool


@dataclass(frozen=True, slots=True)
class Bargain:
    """The forecast of an issue.

    Attributes:
        issue: what was put in.
        forecast: weighted median of the last positions.
        mean: weighted mean of them.
        settled: whether nobody moved any more; else the forecast is only where the last round left it.
        baselines: forecasts without any bargaining: median and mean of the first positions, weighted by capability times
            salience, and by capability alone.
        rounds: in order.
        camps: who stands together at the end, the lowest position first.
        other_reading: what the other reading of the model says, since its authors' text allows two.
        sensitivity: what becomes of the forecast within the stated uncertainties; None where that wasn't asked.
    """

    issue: Issue
    forecast: float
    mean: float
    settled: bool
    baselines: Mapping[str, float]
    rounds: tuple[Round, ...]
    camps: tuple[Camp, ...]
    other_reading: OtherReading
    sensitivity: Sensitivity | None = None

    def _repr_html_(self) -> str:
        """Draw positions through the rounds, with tables of who yields and what was put in."""
        return joined(piece for _, piece in sections(self))


def to_json(result: Result[Bargain]) -> dict[str, Any]:
    """Return a result of `bargain` under the documented keys of ``--json``."""
    found = result.value
    return {
        "issue": found.issue.name,
        "unit": found.issue.unit,
        "scale": [found.issue.low, found.issue.high],
        "forecast": found.forecast,
        "mean": found.mean,
        "settled": found.settled,
        "baselines": dict(found.baselines),
        "rounds": [
            {
                "round": number,
                "median": one.median,
                "mean": one.mean,
                "positions": dict(one.positions),
                "risk": dict(one.risk),
                "moves": [_offer_json(offer) for offer in one.moves],
                "offers": [_offer_json(offer) for offer in one.offers],
                "stalemates": one.stalemates,
            }
            for number, one in enumerate(found.rounds, 1)
        ],
        "camps": [
            {"position": camp.position, "parties": list(camp.parties), "share": camp.share}
            for camp in found.camps
        ],
        "other_reading": {
            "reading": found.other_reading.reading,
            "forecast": found.other_reading.forecast,
            "settled": found.other_reading.settled,
        },
        "sensitivity": None if found.sensitivity is None else found.sensitivity.to_json(),
        "inputs": [
            {
                "party": party.name,
                **{
                    key: {
                        "value": getattr(party, key).value,
                        "plus_minus": getattr(party, key).plus_minus,
                    }
                    for key in ("position", "capability", "salience")
                },
                "source": party.source,
                "statements": list(party.statements),
            }
            for party in found.issue.parties
        ],
        "evidence": list(result.evidence),
        "proved": result.proved,
        "method": result.method,
        "parameters": dict(result.parameters),
        "seed": result.seed,
        "seconds": result.seconds,
    }


def sections(found: Bargain) -> list[tuple[str, Markup]]:
    """Return the answer as headings, with the piece of a page for each."""
    answer = [
        ("Forecast", joined((element("p", forecast_words(found)), _picture(found)))),
        ("Who yields to whom", table(("round", "party", "to", "how", "from", "to"), _moves(found))),
        ("Who stands together at the end", table(("position", "parties", "share of weight"), _camps(found))),
        ("Without bargaining", table(("spatial model", "forecast"), _baselines(found))),
    ]
    if found.sensitivity is not None:
        rows = [
            (one.position, ", ".join(one.parties), f"{one.share:.0%}") for one in found.sensitivity.outcomes
        ]
        answer.append(("Where the draws end", table(("nearest to", "first position of", "share"), rows)))
    answer.append(("What was put in, and who says so", table(_INPUT_COLUMNS, _inputs(found))))
    return answer


def forecast_words(found: Bargain) -> str:
    """Word the forecast, what it rests on, and how sure it is."""
    unit = f" {found.issue.unit}" if found.issue.unit else ""
    count = len(found.rounds)
    ends = "nobody moves any more" if found.settled else "the parties still move, so another round may differ"
    words = (
        f"If one believes the numbers put in, the dispute goes to {found.forecast:.4g}{unit} (mean {found.mean:.4g}); after "
        f"{count} round{'s' if count != 1 else ''} {ends}."
    )
    other = found.other_reading
    rest = "at rest" if other.settled else "still moving"
    words += f" The model's other reading ({other.reading}) goes to {other.forecast:.4g}, {rest}."
    if found.sensitivity is not None:
        doubt = found.sensitivity
        words += (
            f" In {doubt.draws:,} draws within the stated uncertainties: median {doubt.median:.4g}, 90 of 100 between "
            f"{doubt.low:.4g} and {doubt.high:.4g}; nobody moved at the end in {doubt.settled:.0%}."
        )
    return words


def attitude(risk: float) -> str:
    """Word an exponent of risk."""
    return "averse" if risk < AVERSE else "acceptant" if risk > ACCEPTANT else "neutral"


def _picture(found: Bargain) -> Markup:
    weights = [party.capability.value * party.salience.value for party in found.issue.parties]
    most = max(weights)
    paths = [
        Path(
            party.name,
            [party.position.value, *(one.positions[party.name] for one in found.rounds)],
            weight / most,
        )
        for party, weight in zip(found.issue.parties, weights, strict=True)
    ]
    doubt = found.sensitivity
    return rounds_picture(
        paths,
        [found.baselines["median"], *(one.median for one in found.rounds)],
        (found.issue.low, found.issue.high),
        unit=found.issue.unit,
        interval=(doubt.low, doubt.high) if doubt is not None else None,
    )


def _moves(found: Bargain) -> Iterator[tuple[str | float, ...]]:
    before = {party.name: party.position.value for party in found.issue.parties}
    for number, one in enumerate(found.rounds, 1):
        for move in one.moves:
            yield number, move.party, move.challenger, move.kind, before[move.party], move.position
        before = dict(one.positions)


def _camps(found: Bargain) -> Iterator[tuple[str | float, ...]]:
    for camp in found.camps:
        yield camp.position, ", ".join(camp.parties), f"{camp.share:.0%}"


def _baselines(found: Bargain) -> Iterator[tuple[str | float, ...]]:
    for name, value in found.baselines.items():
        weights = "capability" if name.endswith("_by_capability") else "capability times salience"
        yield f"{name.split('_')[0]}, weighted by {weights}", value


_INPUT_COLUMNS = (
    "party",
    "position",
    "capability",
    "salience",
    "risk in round 1",
    "who says so",
    "statements",
)


def _inputs(found: Bargain) -> Iterator[tuple[str | float, ...]]:
    first = found.rounds[0].risk if found.rounds else {}
    for party in found.issue.parties:
        risk = first.get(party.name)
        yield (
            party.name,
            *(
                f"{one.value:.4g} ± {one.plus_minus:.3g}"
                for one in (party.position, party.capability, party.salience)
            ),
            "-" if risk is None else f"{risk:.2f} {attitude(risk)}",
            party.source or "nobody is named",
            ", ".join(party.statements),
        )


def _offer_json(offer: OfferMade) -> dict[str, Any]:
    return {
        "party": offer.party,
        "challenger": offer.challenger,
        "kind": offer.kind,
        "position": offer.position,
        "gain": offer.gain,
        "threat": offer.threat,
        "taken": offer.taken,
    }
