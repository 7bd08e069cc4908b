"""Two studies that began as one, brought together again: row by row, with every conflict named."""
