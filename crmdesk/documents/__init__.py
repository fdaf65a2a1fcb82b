"""Facts into bytes: papers and sheets."""
