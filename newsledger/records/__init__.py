"""The frozen value types that cross stages. This room imports nothing of ours, and holds no input or output."""
