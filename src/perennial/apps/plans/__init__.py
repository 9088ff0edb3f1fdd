"""The field's map: modalities, conditions, populations and topics that each area tags with."""
