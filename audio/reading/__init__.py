"""Reading aloud: what a voice is given to say for what was written, and the way back to the written words."""
