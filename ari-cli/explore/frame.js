// Drawing once per animation frame, however much has changed.

const pending = new Set();
let isRequested = false;

function draw() {
  isRequested = false;
  const functions = [...pending];
  pending.clear();
  functions.forEach((each) => each());
}

/** Runs a function in the next animation frame, once even if it is requested again before. */
export function requestDraw(each) {
  pending.add(each);
  if (isRequested) return;
  isRequested = true;
  requestAnimationFrame(draw);
}
