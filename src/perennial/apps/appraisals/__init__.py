"""Appraisals of published works: by one person, by two raters who then compare, and in a gym of worked examples."""
