"""Words: fold what a seller wrote, remember where every letter stood, and find listed names in it."""
