"""After a notice: read it, test it, find similar listings, answer with facts; nothing is ever fetched or sent."""
