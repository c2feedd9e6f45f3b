
// Elements are made one by one and text is only ever text: no name in the data can become markup.
const SVG = "http://www.w3.org/2000/svg";
const LEVELS = ["none", "insufficient", "low", "medium", "high"];

/** Control characters are shown, not done. */
function plain(text) {
  return String(text).replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd");
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  for (const child of children) {
    if (child !== null) node.append(child instanceof Node ? child : plain(child));
  }
  return node;
}

function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function drawn(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Four digits, as in the table that the command prints. */
function figure(value) {
  if (value === null || value === undefined) return "–";
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e9)) return value.toExponential(1);
  return magnitude < 1e4
    ? String(Number(value.toPrecision(4)))
    : value.toLocaleString("en-US", {maximumFractionDigits: 0});
}

function count(value) {
  return value === null || value === undefined ? "–" : value.toLocaleString("en-US");
}

function percent(share) {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : "–";
}

/** In percentage points, with its sign. */
function change(difference) {
  const points = (100 * difference).toFixed(1);
  return Number(points) === 0 ? "0.0" : difference > 0 ? `+${points}` : points.replace("-", "−");
}

function badge(level) {
  return element("span", {class: `badge ${level}`}, level);
}

/** A segment is COLUMN=VALUE; those of no value and of all others read as no value can: without the sign. */
function segmentName(segment) {
  const sign = segment.indexOf("=");
  const words = new Map([["", "null"], ["__other__", "others"]]).get(segment.slice(sign + 1));
  return words === undefined ? segment : `${segment.slice(0, sign)}: ${words}`;
}
