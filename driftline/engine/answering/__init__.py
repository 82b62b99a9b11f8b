"""Each question's answer, put together from what is known."""
