"""Long runs: workers that one listing cannot take down, and chunks that outlast a run that ended early."""
