"""A believable store for trying out, for pictures, and for the day that is carried out without a display."""
