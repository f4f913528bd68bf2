"""What people and harvesters take away: tables and their description, Turtle, a workbook, a catalogue."""
