"""The translator's side: what is translated, missing or out of date, and the exchange of words."""
