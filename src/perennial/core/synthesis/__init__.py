"""Pool the effects of trials, and say how far the result can be trusted."""
