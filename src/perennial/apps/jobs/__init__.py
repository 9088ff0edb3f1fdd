"""Background work: what was asked to be done later, done once by a worker, and kept until it is."""
