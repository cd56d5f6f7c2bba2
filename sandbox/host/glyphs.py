"""Simple characters for the icons that cards name: Google's known ones, and some of the Material ones."""

_PAIRS = """
BOOKMARK=★ CLOCK=◷ CONFIRMATION_NUMBER_ICON=# DESCRIPTION=☰ DOLLAR=£ EMAIL=✉ EVENT_SEAT=⑁
INVITE=▦ MAP_PIN=⌖ MEMBERSHIP=⚑ MULTIPLE_PEOPLE=⚇ PERSON=☺ PHONE=☎ STAR=★ STORE=⌂ TICKET=#
VIDEO_CAMERA=▶ check_circle=✔ check=✔ done=✔ task_alt=✔ warning=⚠ error=✖ info=ℹ schedule=◷
event=▦ calendar_month=▦ person=☺ group=⚇ groups=⚇ mail=✉ description=☰ article=☰ refresh=↻
sync=↻ share=➦ publish=⇧ settings=⚙ school=⌂ edit=✎ lock=⊘ help=? open_in_new=↗ delete=✕
close=✕ arrow_back=← arrow_forward=→ add=+ flag=⚑ table_chart=▤ folder=▢ search=⌕
"""

GLYPHS: dict[str, str] = dict(pair.split("=", 1) for pair in _PAIRS.split())
