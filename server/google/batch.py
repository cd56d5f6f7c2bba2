"""HTTP batches: many calls in one request, each with its own answer.

Google keeps no order inside a batch and answers each part by itself, so a part that came too fast is sent again
alone with the others that did. https://developers.google.com/workspace/drive/api/guides/performance
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from googleapiclient.errors import BatchError, HttpError

from server.google.errors import Answer, new_reference, part_answer
from server.google.retry import Attempts, Failure, Setback
from server.google.transport import HttplibLine, Transport
from server.plans.trouble import Unreachable

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One call of a batch. ``safe`` says that doing it twice changes nothing."""

    request: Any
    safe: bool = False


@dataclass(frozen=True, kw_only=True)
class PartAnswer:
    """What became of a part: the resource it returned, or Google's refusal."""

    body: Mapping[str, Any] = field(default_factory=dict)
    refusal: Answer | None = None

    def worth_repeating(self, part: Part) -> bool:
        kind = self.refusal.setback.kind if self.refusal else Failure.FINAL
        return kind is Failure.RATE or (kind is Failure.AMBIGUOUS and part.safe)


def rounds(items: Sequence[T], key: Callable[[T], Hashable], size: int) -> Iterator[tuple[T, ...]]:
    """Split into groups of at most ``size`` with at most one item per key, keeping each key's order."""
    waiting = list(items)
    while waiting:
        group: list[T] = []
        later: list[T] = []
        seen: set[Hashable] = set()
        for item in waiting:
            fits = len(group) < size and key(item) not in seen
            (group if fits else later).append(item)
            seen.add(key(item))
        yield tuple(group)
        waiting = later


def send(service: Any, transport: Transport, call: str, parts: Sequence[Part]) -> tuple[PartAnswer, ...]:
    """Send parts as one HTTP batch; their answers, in the same order.

    Parts refused for going too fast are sent again under the transport's patience. Raises Unreachable where
    Google's answer to the batch never came: any of the parts may have been done."""
    answers: dict[int, PartAnswer] = {}
    pending = list(range(len(parts)))
    attempts = transport.attempts()
    while pending:
        line = HttplibLine(transport=transport, call=call, safe=False, attempts=attempts)
        answers |= _send_once(service, line, {index: parts[index] for index in pending})
        again = [index for index in pending if answers[index].worth_repeating(parts[index])]
        pending = again if again and _waited(attempts, [answers[index] for index in again]) else []
    return tuple(answers[index] for index in range(len(parts)))


def _waited(attempts: Attempts, refused: Sequence[PartAnswer]) -> bool:
    setbacks = [answer.refusal.setback for answer in refused if answer.refusal]
    longest = max(setback.retry_after for setback in setbacks)
    return attempts.again(Setback(kind=Failure.RATE, retry_after=longest), safe=True)


def _send_once(service: Any, line: HttplibLine, parts: Mapping[int, Part]) -> dict[int, PartAnswer]:
    answers: dict[int, PartAnswer] = {}

    def keep(request_id: str, body: Any, error: HttpError | None) -> None:
        refusal = part_answer(error) if error else None
        answers[int(request_id)] = PartAnswer(body=body if isinstance(body, dict) else {}, refusal=refusal)

    batch = service.new_batch_http_request(callback=keep)
    for index, part in parts.items():
        batch.add(part.request, request_id=str(index))
    try:
        batch.execute(http=line)
    except (BatchError, LookupError, ValueError) as error:
        raise Unreachable(
            f"Google's answer to {line.call} could not be read.",
            call=line.call,
            reason=type(error).__name__,
            reference=new_reference(),
        ) from None
    return answers
