"""What will be sold, by weeks: a smoothed level times a season, with its error on weeks held back, and what follows."""
