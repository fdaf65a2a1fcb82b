"""Engine, base class and column types: the only place that knows drivers."""
