"""What a board shows, as rows, bars, tones and words: painted by windows, drawn by reports."""
