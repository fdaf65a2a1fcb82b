"""Windows and screens; the only place that knows Qt."""
