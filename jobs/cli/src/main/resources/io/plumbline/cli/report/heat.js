
// Segments as a heat map: a row for each feature, a column for each segment.

const HEAT_ROWS = 40;

class HeatMap {
  constructor(place, segments, open) {
    this.place = place;
    this.segments = segments;
    this.open = open;
    this.all = false;
    this.features = [];
    place.addEventListener("click", event => this.chosen(event.target.closest("td[data-segment]")));
    place.addEventListener("keydown", event => this.key(event));
  }

  show(features) {
    const worst = feature => Math.max(...feature.segments.map(result => result?.psi ?? -1));
    this.features = features
      .map(feature => ({feature, drifted: driftedSegments(feature), worst: worst(feature)}))
      .sort((a, b) => b.drifted - a.drifted || b.worst - a.worst)
      .map(ranked => ranked.feature);
    this.render();
  }

  render() {
    const shown = this.all ? this.features : this.features.slice(0, HEAT_ROWS);
    const table = element("table", {class: "heat", role: "grid", "aria-labelledby": "segments-title"},
      element("thead", {}, element("tr", {}, element("td", {class: "absent"}),
        ...this.segments.map(segment => element("th", {scope: "col", title: plain(segmentName(segment))},
          element("span", {}, element("bdi", {}, segmentName(segment))))))),
      element("tbody", {}, ...shown.map(feature => this.row(feature))));
    table.querySelector("td[data-segment]")?.setAttribute("tabindex", "0");
    this.place.replaceChildren(table);
    if (shown.length < this.features.length) {
      const more = element("button", {type: "button", class: "more"}, `All ${this.features.length} features`);
      more.addEventListener("click", () => { this.all = true; this.render(); });
      this.place.append(more);
    }
  }

  row(feature) {
    return element("tr", {},
      element("th", {scope: "row", title: plain(feature.name)}, element("bdi", {}, feature.name)),
      ...feature.segments.map((result, i) => result === null
        ? element("td", {class: "absent"})
        : element("td", {class: result.level, "data-segment": i, "data-feature": feature.index, tabindex: "-1",
          title: plain(`${feature.name}, ${segmentName(this.segments[i])}: ${result.level}`),
          "aria-label": plain(`${result.level}, PSI ${figure(result.psi)}`)}, this.text(result))));
  }

  text(result) {
    const byMissing = LEVELS.indexOf(result.missing_level) > LEVELS.indexOf(result.distribution);
    return (result.psi === undefined ? "–" : result.psi.toFixed(2)) + (byMissing ? " ∅" : "");
  }

  chosen(cell) {
    if (cell !== null) this.open(data.features[Number(cell.dataset.feature)], cell.dataset.segment);
  }

  key(event) {
    const cell = event.target.closest("td[data-segment]");
    if (cell === null) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.chosen(cell);
      return;
    }
    const rows = {ArrowUp: cell.parentElement.previousElementSibling, ArrowDown: cell.parentElement.nextElementSibling};
    const next = {ArrowLeft: cell.previousElementSibling, ArrowRight: cell.nextElementSibling}[event.key]
      ?? rows[event.key]?.cells[cell.cellIndex];
    if (next?.dataset.segment === undefined) return;
    event.preventDefault();
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}
