"""What is taken for granted about the add-on's own calls: nothing of it can be tried without a deployed add-on."""

from __future__ import annotations

from ground import Google
from live.outcome import Outcome, assumption, person


@assumption("Audience of the signed token.")
def audience(google: Google) -> Outcome:
    return person(
        "Deploy the add-on as in docs/how-to/install-for-a-school.md, open its panel, and read the service's log: a "
        "line that says the audience was refused means that the assumption does not hold."
    )
