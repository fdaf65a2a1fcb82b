"""Files from outside, checked into rows; hostile until proven clean."""
