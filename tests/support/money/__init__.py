"""Random lives of a business's money: the world they happen in, and all that can happen."""
