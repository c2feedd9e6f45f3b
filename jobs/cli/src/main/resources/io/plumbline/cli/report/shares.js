
// Shares of rows as pairs of bars, a row for each category or bin.

const CATEGORIES = 12;

/** Names of the data that look like these keys are quoted in results; those that look like these words, here. */
const TOGETHER = new Map([["__rare__", "rarer ones together"], ["__new__", "new ones together"]]);
const WORDS = new Set(TOGETHER.values());

function categoryName(name) {
  return TOGETHER.get(name) ?? (name === "" || WORDS.has(name) ? JSON.stringify(name) : name);
}

function pairOfBars(row, greatest) {
  const bar = (name, share, y) => drawn("rect",
    {class: `bar-${name}`, x: 0, y, width: Math.max(0, 100 * share / greatest || 0), height: 7});
  return drawn("svg", {viewBox: "0 0 100 18", preserveAspectRatio: "none", "aria-hidden": "true"},
    bar("reference", row.reference, 1), bar("current", row.current, 10));
}

function shareTable(head, rows, last, lastHead) {
  const greatest = Math.max(...rows.flatMap(row => [row.reference, row.current]).filter(Number.isFinite), 0);
  return element("table", {class: "bars"},
    element("thead", {}, element("tr", {},
      element("th", {scope: "col"}, head),
      element("th", {scope: "col"}, ""),
      element("th", {scope: "col", class: "number"}, "Reference"),
      element("th", {scope: "col", class: "number"}, "Current"),
      element("th", {scope: "col", class: "number"}, lastHead))),
    element("tbody", {}, ...rows.map(row => element("tr", {},
      element("td", {class: row.together ? "together" : null}, element("bdi", {}, row.name)),
      element("td", {class: "drawn"}, pairOfBars(row, greatest)),
      element("td", {class: "number"}, percent(row.reference)),
      element("td", {class: "number"}, percent(row.current)),
      last(row)))));
}

function categoryRows(result) {
  const totals = [1, 2].map(side => result.categories.reduce((sum, category) => sum + category[side], 0));
  return result.categories.map(([name, reference, current]) => ({
    name: categoryName(name),
    together: TOGETHER.has(name),
    reference: reference / totals[0],
    current: current / totals[1],
  })).sort((a, b) => Math.abs(b.current - b.reference) - Math.abs(a.current - a.reference));
}

/** Categories, those that differ most first. */
function categoryChart(result) {
  const rows = categoryRows(result);
  const points = row => element("td", {class: "number"}, change(row.current - row.reference));
  const table = few => shareTable("Category", few ? rows.slice(0, CATEGORIES) : rows, points, "Points");
  const holder = element("div", {}, table(true));
  if (rows.length > CATEGORIES) {
    const more = element("button", {type: "button", class: "more"}, `All ${rows.length} categories`);
    more.addEventListener("click", () => holder.replaceChildren(table(false)));
    holder.append(more);
  }
  return holder;
}
