"""Who signs, and what stands beside a signature. Pure."""

from __future__ import annotations

import re

from sheets_templates.synonyms import likeness

BARE_DATE = re.compile(r"^(on|dated?|dyddiad|dyddiad / date)( of (signing|signature)| signed)?$", re.IGNORECASE)
BARE_SIGN = re.compile(r"^(signed?|signature|print(ed)? name|name|llofnod)$", re.IGNORECASE)
_SIGNS = re.compile(
    r"\b(sign(ed|ature|atures|ing|s)?|agreed (by|with)|agreement|print(ed)? name|on behalf of|llofnod\w*)\b",
    re.IGNORECASE,
)
_SIGN_WORDS = re.compile(
    r"\b(sign(ed|ature|atures|ing)?|agreed|agrees?|by|with|print(ed)?|name|on behalf of|date|the|of|and|i"
    r"|llofnod\w*|'?s)\b",
    re.IGNORECASE,
)
_SIGNERS = {
    "sen_support_plan.teacher_ok": [
        "teacher",
        "class teacher",
        "form tutor",
        "key person",
        "key worker",
        "tutor",
        "school",
        "staff",
        "member of staff",
        "lead professional",
        "practitioner",
        "subject teacher",
        "school representative",
        "staff member",
        "room leader",
    ],
    "sen_support_plan.senco_ok": [
        "senco",
        "sendco",
        "inclusion lead",
        "inclusion manager",
        "setting senco",
        "inclusion leader",
    ],
    "sen_support_plan.parent_consulted": [
        "parent",
        "carer",
        "parents and carers",
        "mother",
        "father",
        "guardian",
        "family",
        "mum",
        "parent 1",
        "parent 2",
    ],
    "sen_support_plan.pupil_ok": [
        "pupil",
        "child",
        "young person",
        "student",
        "learner",
        "me",
        "my",
        "child young person",
    ],
    "ehc_pack.head_ok": [
        "head",
        "head teacher",
        "headteacher",
        "principal",
        "head of school",
        "executive head",
        "manager",
        "nursery manager",
    ],
}


def speaks_of_signing(*texts: str) -> bool:
    return any(_SIGNS.search(text) for text in texts)


def signer(label: str) -> tuple[str, float]:
    """Whose agreement a label asks for, as its field; ("", 0) where it names nobody."""
    person = _SIGN_WORDS.sub(" ", re.sub(r"[()/:,\d’']", " ", label)).strip()
    if not person:
        return "", 0.0
    scored = [(path, likeness(person, names)) for path, names in _SIGNERS.items()]
    best = max(scored, key=lambda each: each[1])
    return best if best[1] >= 0.75 else ("", 0.0)
