"""What others wrote, before ours; and ours, before what others wrote."""
