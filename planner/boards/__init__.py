"""What a board shows, as rows, bars, tones and ids, free of any way of drawing it.

The window paints these values and the reports write them as SVG. Sentences are made where they are
shown: a bar or cell holds the breaches that it is marked for.
"""
