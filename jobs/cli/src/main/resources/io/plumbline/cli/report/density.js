
// The picture of a numeric feature. What is known of each side is exact: the share in each bin, and its
// own quantiles. So the picture is a histogram whose steps end at these values and nowhere else. Bins
// that are open are cut at the quantiles of the side that is drawn; single values that hold rows of their
// own (atoms) have no width, hence no density, and stand as stems with their share.

// A step of less than this share would show chance: the outermost quantiles are the finest that stand.
const LEAST_STEP = 0.009;
const QUANTILES = ["0.01", "0.05", "0.25", "0.5", "0.75", "0.95", "0.99"];

/** Steps {from, to, mass} and stems {at, mass} of one side, 0: reference, 1: current. */
function shape(result, side) {
  const counts = result.bins.map(bin => bin[2 + side]);
  const total = counts.reduce((sum, n) => sum + n, 0);
  const steps = [], stems = [];
  let before = 0;
  result.bins.forEach(([from, to], i) => {
    const mass = total === 0 ? 0 : counts[i] / total;
    if (from !== null && from === to) stems.push({at: from, mass});
    else if (from !== null && to !== null) steps.push({from, to, mass});
    else if (mass > 0) openBin(result.profiles[side], from, to, before, before + mass, steps, stems);
    before += mass;
  });
  return {steps, stems};
}

/** An open bin, which holds the ranks from low to high, in steps between the side's own quantiles. */
function openBin(profile, from, to, low, high, steps, stems) {
  const knots = [[Math.max(from ?? profile.min, profile.min), low]];
  for (const q of QUANTILES) {
    const at = profile.quantiles[q];
    const inside = (from === null || at >= from) && (to === null || at <= to);
    if (at !== undefined && inside && q - low > LEAST_STEP && high - q > LEAST_STEP) knots.push([at, Number(q)]);
  }
  knots.push([Math.min(to ?? profile.max, profile.max), high]);
  for (let i = 1; i < knots.length; i++) {
    const [[x, p], [next, q]] = [knots[i - 1], knots[i]];
    if (!(q > p)) continue;
    if (next > x) steps.push({from: x, to: next, mass: q - p});
    else if (stems.length > 0 && stems[stems.length - 1].at === x) stems[stems.length - 1].mass += q - p;
    else stems.push({at: x, mass: q - p});
  }
}

/** What of the axis is drawn: without the outermost hundredths, or twentieths where tails are long. */
function extent(result) {
  const profiles = result.profiles.filter(profile => profile.min !== undefined && profile.min !== null);
  const least = q => Math.min(...profiles.map(profile => profile.quantiles[q] ?? profile.min));
  const greatest = q => Math.max(...profiles.map(profile => profile.quantiles[q] ?? profile.max));
  const all = [Math.min(...profiles.map(p => p.min)), Math.max(...profiles.map(p => p.max))];
  const most = [least("0.01"), greatest("0.99")];
  const middle = [least("0.05"), greatest("0.95")];
  const width = ([from, to]) => to - from;
  if (width(all) <= 1.5 * width(most)) return {from: all[0], to: all[1], outside: 0};
  return width(most) > 4 * width(middle) && width(middle) > 0
    ? {from: middle[0], to: middle[1], outside: 5}
    : {from: most[0], to: most[1], outside: 1};
}

/** The density that is still drawn in full: a few times what half of the rows have. */
function tallest(sides) {
  const steps = sides.flatMap(side => side.steps).filter(step => step.mass > 0)
    .map(step => ({density: step.mass / (step.to - step.from), mass: step.mass}))
    .sort((a, b) => a.density - b.density);
  if (steps.length === 0) return {top: 0, cut: false};
  const half = steps.reduce((sum, step) => sum + step.mass, 0) / 2;
  let mass = 0;
  const middle = steps.find(step => (mass += step.mass) >= half).density;
  const greatest = steps[steps.length - 1].density;
  return greatest > 5 * middle ? {top: 5 * middle, cut: true} : {top: greatest, cut: false};
}

/** Round values for an axis. */
function ticks(from, to, most) {
  const rough = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= rough);
  const found = [];
  for (let k = Math.ceil(from / step); k * step <= to * (1 + 1e-12) && found.length < 20; k++) {
    found.push(Number((k * step).toPrecision(12)));
  }
  return found;
}

function legend() {
  const key = name => element("span", {},
    drawn("svg", {viewBox: "0 0 18 12", "aria-hidden": "true"},
      drawn("rect", {class: `area-${name}`, x: 1, y: 1, width: 16, height: 10})),
    name);
  return element("div", {class: "legend"}, key("reference"), key("current"));
}

function outline(steps, x, y, base) {
  let path = "", end = null;
  for (const step of steps) {
    if (step.from !== end) path += `${end === null ? "" : `V${base}`}M${x(step.from)} ${base}`;
    path += `V${y(step.mass / (step.to - step.from))}H${x(step.to)}`;
    end = step.to;
  }
  return path === "" ? "" : `${path}V${base}`;
}

function densityChart(result, width) {
  const height = 230, left = 8, right = 8, top = 26, base = height - 26;
  const sides = [shape(result, 0), shape(result, 1)];
  const range = extent(result);
  const stems = sides.flatMap(side => side.stems);
  const values = stems.map(stem => stem.at).filter(at => at >= range.from && at <= range.to);
  let {from, to} = range;
  if (values.length > 0 || from === to) {
    // Stems at the edge need room beside them.
    const margin = 0.03 * (to - from) || Math.abs(from) * 0.1 || 1;
    [from, to] = [from - margin, to + margin];
  }
  const density = tallest(sides);
  const greatestStem = Math.max(...stems.map(stem => stem.mass), 0);
  const x = value => left + (Math.min(Math.max(value, from), to) - from) / (to - from) * (width - left - right);
  const y = value => base - Math.min(1, value / (density.top || 1)) * (base - top);
  const svg = drawn("svg", {class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `${result.bins.length} bins; median ${figure(result.profiles[0].quantiles["0.5"])} in the reference, ` +
      `${figure(result.profiles[1].quantiles["0.5"])} now`});
  ["reference", "current"].forEach((name, side) => {
    const shown = sides[side].steps.filter(step => step.to > from && step.from < to && step.to > step.from);
    svg.append(drawn("path", {class: `area-${name}`, d: outline(shown, x, y, base)}));
  });
  const labelled = new Set([...stems].sort((a, b) => b.mass - a.mass).slice(0, 2 * Math.floor(width / 90)).map(s => s.at));
  ["reference", "current"].forEach((name, side) => {
    for (const stem of sides[side].stems) {
      if (stem.at < from || stem.at > to || stem.mass === 0) continue;
      const at = x(stem.at) + (side === 0 ? -2.5 : 2.5);
      const up = base - stem.mass / greatestStem * (base - top);
      svg.append(drawn("line", {class: `stem-${name}`, x1: at, x2: at, y1: base, y2: up}),
        drawn("circle", {class: `dot-${name}`, cx: at, cy: up, r: 4}));
    }
  });
  let last = -Infinity;
  for (const at of [...labelled].sort((a, b) => a - b)) {
    const shares = sides.map(side => side.stems.find(stem => stem.at === at)?.mass ?? 0);
    if (at < from || at > to || x(at) - last < 86) continue;
    last = x(at);
    const anchor = x(at) < 50 ? "start" : x(at) > width - 50 ? "end" : "middle";
    const up = base - Math.max(...shares) / greatestStem * (base - top);
    svg.append(drawn("text", {x: x(at), y: up - 9, "text-anchor": anchor}, `${percent(shares[0])} → ${percent(shares[1])}`));
  }
  svg.append(drawn("line", {class: "axis", x1: left, x2: width - right, y1: base, y2: base}));
  for (const tick of ticks(from, to, Math.max(3, Math.floor(width / 65)))) {
    svg.append(drawn("line", {class: "axis", x1: x(tick), x2: x(tick), y1: base, y2: base + 4}),
      drawn("text", {x: x(tick), y: base + 18, "text-anchor": x(tick) < 20 ? "start" : x(tick) > width - 20 ? "end" : "middle"},
        figure(tick)));
  }
  return {svg, notes: notes(range, density, sides, stems)};
}

function notes(range, density, sides, stems) {
  const said = [];
  if (sides.some(side => side.steps.length > 0)) {
    said.push("Area is the share of rows; steps end at the reference's deciles and, beyond the outermost of them, at each side's own quantiles.");
  }
  if (stems.length > 0) said.push("A stem is a single value with its share of rows, reference → current, on a scale of its own.");
  if (range.outside > 0) said.push(`Up to ${range.outside} % of the rows of each side lie beyond either end.`);
  if (density.cut) said.push("Steps that reach the top are cut there.");
  return said.join(" ");
}

/** What PSI adds up: bins with their shares and what each contributes. */
function binTable(result) {
  const totals = [2, 3].map(side => result.bins.reduce((sum, bin) => sum + bin[side], 0));
  const rows = result.bins.map(bin => {
    const [reference, current] = [bin[2] / totals[0], bin[3] / totals[1]];
    const [e, a] = [Math.max(reference, 1e-4), Math.max(current, 1e-4)];
    return {name: binName(bin), reference, current, psi: (a - e) * Math.log(a / e)};
  });
  return element("details", {},
    element("summary", {}, "The bins that PSI compares"),
    shareTable("Bin", rows, row => element("td", {class: "number", "data-label": "PSI"}, figure(Number(row.psi.toFixed(4)))), "PSI"));
}

function binName([from, to]) {
  if (from === null && to === null) return "all";
  if (from === to) return `= ${figure(from)}`;
  if (from === null) return `< ${figure(to)}`;
  return to === null ? `≥ ${figure(from)}` : `${figure(from)} to ${figure(to)}`;
}
