"""What two apps need from trips: each once, though two sources saw it."""

from arithmetic import in_france

# Grams of CO2e of a kilometre and person (ADEME, Base Empreinte, by Impact CO2, 2024), as the apps state them.
GRAMS = {"foot": "0", "bicycle": "0.2", "car": "217.6", "bus": "113.2", "underground": "4.4", "train": "27.7"}


def once(legs):
    """Trips without those of a track that another source has too: the same mode, at the same time."""
    google = [leg for leg in legs if leg.source == "Google"]
    rides = sorted((leg.start, leg.end) for leg in google if leg.mode == "bicycle")
    kept = list(google)
    for leg in legs:
        if leg.source != "Google":
            length = (leg.end - leg.start).total_seconds()
            shared = max(((min(leg.end, end) - max(leg.start, start)).total_seconds() for start, end in rides
                          if start < leg.end and leg.start < end), default=0)
            if shared * 2 < length:
                kept.append(leg)
    return sorted(kept, key=lambda leg: leg.start)


def day(leg):
    return in_france(leg.start).date()


def days(legs):
    """Days from the first trip to the last, both included."""
    return (max(map(day, legs)) - min(map(day, legs))).days + 1
