"""What is seen before anybody has signed in: the unlock screen and the first run."""
