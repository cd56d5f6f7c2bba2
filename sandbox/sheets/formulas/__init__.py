"""Formulas: their references (``refs``), grammar (``parser``), value (``evaluate``) and the functions known."""
