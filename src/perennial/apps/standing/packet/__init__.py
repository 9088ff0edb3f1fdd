"""The audit packet: one PDF that shows a license's hours line by line with every proof behind them, and the same for programs."""
