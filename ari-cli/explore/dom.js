// Elements of the page. Texts of servers only ever become text nodes.

/** Returns the element of the page with an id. */
export const byId = (id) => document.getElementById(id);

/**
 * Creates an element. A property that begins with `on` is a listener, one with a dash or `role` an
 * attribute. Children are nodes or texts; `null` is left out.
 */
export function element(name, properties = {}, ...children) {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key.startsWith("on")) created.addEventListener(key.slice(2), value);
    else if (key.includes("-") || key === "role") created.setAttribute(key, value);
    else created[key] = value;
  }
  created.append(...children.filter((child) => child !== null && child !== undefined));
  return created;
}

/** Sets the text of an element if it differs, which saves the browser a layout. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** Offers a file to save. */
export function saveFile(name, blob) {
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/** Returns a button that copies a text, and says so for two seconds. */
export function copyButton(label, text) {
  const button = element("button", { type: "button" }, label);
  button.addEventListener("click", async () => {
    const copied = await copyText(text());
    button.textContent = copied ? "Copied" : "Not permitted";
    setTimeout(() => (button.textContent = label), 2000);
  });
  return button;
}

/** Copies a text, and returns whether the browser permitted it. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
