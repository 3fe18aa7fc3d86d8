"""What the readers of payout reports share. No channel: the readers themselves stand in the vendors' folders."""
