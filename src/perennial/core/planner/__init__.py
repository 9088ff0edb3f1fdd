"""The least-cost or least-hours set of courses that makes several licenses compliant, with proof."""
