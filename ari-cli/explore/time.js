// Times of the server as text.

const two = (number) => String(number).padStart(2, "0");

/** Returns the milliseconds since 1970 of a time stamp such as 2026-11-30T20:06:13.509+0000, or NaN. */
export function parseTime(text) {
  return Date.parse(String(text).replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
}

/** Returns the time of day in this browser's time zone, with milliseconds. */
export function timeOfDay(milliseconds) {
  const date = new Date(milliseconds);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${time}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** Returns a length of time such as 1:05 or 2:00:07. */
export function lengthOfTime(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

// The clocks of the server and of the browser differ. An event arrives after its time stamp, so the
// smallest difference is the closest to the truth.
let offset = null;

/** Learns the difference between the clocks from the time stamp of an event that has just arrived. */
export function learnClock(timestamp) {
  if (Number.isNaN(timestamp)) return;
  const difference = Date.now() - timestamp;
  if (offset === null || difference < offset) offset = difference;
}

/** Returns a time of this machine by the clock of the server, in milliseconds since 1970. Defaults to now. */
export const serverTime = (time = Date.now()) => time - (offset ?? 0);

/** Returns the time since a moment by the clock of the server, in milliseconds. */
export const timeSince = (timestamp) => serverTime() - timestamp;
