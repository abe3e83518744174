//! Who hears of objects.
