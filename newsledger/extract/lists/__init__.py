"""The word lists of extraction, and what turns them into look-ups: names, countries, cues, triggers, units."""
