"""The chapters of the story, in their order."""

import steps_cards
import steps_console
import steps_events
import steps_sessions

STEPS = [*steps_console.STEPS, *steps_events.STEPS, *steps_cards.STEPS, *steps_sessions.STEPS]
