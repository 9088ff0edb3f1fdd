"""Critical appraisal of published studies: forms by design, agreement of two raters, and whether a study applies to the reader's clients."""
