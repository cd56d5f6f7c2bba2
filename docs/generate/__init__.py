"""The reference pages that are made from the code, so that they can't drift from it.

``python -m docs.generate`` writes them; with ``--check`` it says which are out of date and writes nothing."""
