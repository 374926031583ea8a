"""What people decided about findings; reads verdicts, never detectors."""
