
// What opens below a feature: words, picture, numbers, of all rows or of one segment.

function detailsOf(feature) {
  return JSON.parse(document.getElementById(`feature-${feature.index}`).textContent);
}

function openSheet(feature, segment) {
  const details = detailsOf(feature);
  const sheet = element("div", {class: "sheet"});
  const body = element("div");
  const show = chosen => {
    const result = chosen === "" ? details.all : details.segments[Number(chosen)];
    const said = chosen === "" ? details.words : [result.reason];
    body.replaceChildren(words(said), picture(result), numbers(details, result));
    draw(body, result);
  };
  if (feature.segments.some(result => result !== null)) {
    const id = `segment-${feature.index}`;
    const select = element("select", {id},
      element("option", {value: ""}, "all rows"),
      ...feature.segments.map((result, i) => result === null ? null : element("option", {value: i},
        `${segmentName(data.segments[i])} · ${result.level}${result.psi === undefined ? "" : `, PSI ${figure(result.psi)}`}`)));
    select.value = segment ?? "";
    select.addEventListener("change", () => show(select.value));
    sheet.append(element("div", {class: "field"}, element("label", {for: id}, "Rows of"), select));
  }
  sheet.append(body);
  return {sheet, show: () => show(segment ?? "")};
}

function words(said) {
  return element("ul", {class: "said"}, ...said.map(text => element("li", {}, text)));
}

function picture(result) {
  if (result.categories !== undefined && result.categories.length > 0) {
    return element("figure", {}, legend(), categoryChart(result));
  }
  if (result.bins !== undefined && result.bins.length > 0) {
    return element("figure", {},
      legend(), element("div", {class: "place"}), element("figcaption"), binTable(result));
  }
  return element("p", {class: "muted"}, result.mmd === undefined
    ? "No picture: there are no bins or categories."
    : "No picture: samples of rows are compared as a whole.");
}

/** Charts know their width only in the page. */
function draw(body, result) {
  const place = body.querySelector(".place");
  if (place === null) return;
  const chart = densityChart(result, Math.min(Math.max(place.clientWidth, 280), 760));
  place.replaceChildren(chart.svg);
  body.querySelector("figcaption").textContent = chart.notes;
}

function numbers(details, result) {
  const tests = [
    ["PSI", result.psi, result.psi_p],
    ["Kolmogorov-Smirnov", result.ks, result.ks_p],
    ["Chi-squared", result.chi2, result.chi2_p],
    ["MMD²", result.mmd, result.mmd_p],
    ["Wasserstein-1, in its unit", result.wasserstein],
    ["JS distance", result.js],
    ["q, corrected for many tests", undefined, result.q],
    ["Share in new categories", result.new, result.new_p],
  ].filter(([, value, p]) => value !== undefined || p !== undefined);
  const bounds = Object.entries(result.bounds ?? {});
  return element("div", {class: "numbers"},
    tests.length === 0 ? null : element("section", {}, element("h3", {}, "Statistics"), element("table", {},
      row("th", "", "Value", "p"),
      ...tests.map(([name, value, p]) => row("td", name, value === undefined ? "" : figure(value), p === undefined ? "" : figure(p)))),
      bounds.length === 0 ? null : element("p", {class: "muted"},
        `Not exact; greatest error: ${bounds.map(([metric, bound]) => `${metric} ${figure(bound)}`).join(", ")}.`)),
    element("section", {}, element("h3", {}, "Both sides"), element("table", {},
      row("th", "", "Reference", "Current"), ...bothSides(result))),
    element("section", {}, element("h3", {}, "Verdict"), element("table", {},
      verdict("Distribution", result.distribution), verdict("Missing cells", result.missing_level),
      verdict("Overall", result.level),
      element("tr", {}, element("td", {}, "Role"), element("td", {}, details.role)),
      details.importance === undefined ? null
        : element("tr", {}, element("td", {}, "Importance"), element("td", {}, figure(details.importance))))));
}

function row(cell, name, ...values) {
  return element("tr", {}, element(cell, {}, name), ...values.map(value => element(cell, {class: "number"}, value)));
}

function verdict(name, level) {
  return element("tr", {}, element("td", {}, name), element("td", {}, level === undefined ? "–" : badge(level)));
}

function bothSides(result) {
  const [reference, current] = result.profiles ?? [{}, {}];
  const rows = [
    row("td", "Rows", ...result.rows.map(count)),
    row("td", "Null or NaN", ...result.nulls.map(count)),
    row("td", "Infinite", ...result.infinities.map(count)),
  ];
  const values = [["Mean", p => p.mean], ["Standard deviation", p => p.stddev], ["Least", p => p.min],
    ...QUANTILES.map(q => [q === "0.5" ? "Median" : `${Math.round(100 * q)} %`, p => p.quantiles?.[q]]),
    ["Greatest", p => p.max]];
  for (const [name, of] of values) {
    if (of(reference) !== undefined || of(current) !== undefined) {
      rows.push(row("td", name, figure(of(reference)), figure(of(current))));
    }
  }
  return rows;
}
