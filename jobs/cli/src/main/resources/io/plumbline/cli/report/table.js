
// The table of features: sorts, filters, opens.

const PRINTED = 40;

class FeatureTable {
  constructor(features) {
    this.table = document.getElementById("features");
    this.body = this.table.tBodies[0];
    this.filter = document.getElementById("filter");
    this.levels = [...document.querySelectorAll(".level")];
    this.entries = [...this.body.rows].map(row => {
      const feature = features[Number(row.dataset.feature)];
      return {row, feature, text: `${feature.name} ${feature.type}`.toLowerCase(), button: row.querySelector(".open"), detail: null};
    });
    this.onFilter = () => {};
    this.filter.addEventListener("input", () => this.apply());
    this.levels.forEach(level => level.addEventListener("click", () => {
      level.setAttribute("aria-pressed", level.getAttribute("aria-pressed") !== "true");
      this.apply();
    }));
    this.table.tHead.addEventListener("click", event => {
      const button = event.target.closest("button");
      if (button !== null) this.sort(button);
    });
    this.body.addEventListener("click", event => {
      const row = event.target.closest("tr[data-feature]");
      // Whoever marks text in a row does not want it opened.
      const marks = event.target.closest(".open") === null && String(document.getSelection()) !== "";
      if (row !== null && !marks) this.toggle(this.entryOf(row));
    });
    this.table.addEventListener("keydown", event => this.key(event));
    this.apply();
  }

  entryOf(row) {
    return this.entries.find(entry => entry.row === row || entry.detail === row);
  }

  shown() {
    return this.entries.filter(entry => !entry.row.hidden);
  }

  apply() {
    const wanted = this.filter.value.trim().toLowerCase();
    const pressed = this.levels.filter(level => level.getAttribute("aria-pressed") === "true").map(level => level.dataset.level);
    for (const entry of this.entries) {
      const fits = entry.text.includes(wanted) && (pressed.length === 0 || pressed.includes(entry.feature.all.level));
      entry.row.hidden = !fits;
      if (entry.detail !== null) entry.detail.hidden = !fits;
    }
    const shown = this.shown();
    document.getElementById("shown").textContent =
      shown.length === this.entries.length ? `${shown.length} features` : `${shown.length} of ${this.entries.length} features`;
    this.onFilter(shown.map(entry => entry.feature));
  }

  /** What asks for attention first, a second time the other way round; what has no value is last. */
  sort(button) {
    const column = button.dataset.column, head = button.closest("th");
    const first = ASCENDING_FIRST.has(column) ? "ascending" : "descending";
    const other = first === "ascending" ? "descending" : "ascending";
    const direction = head.getAttribute("aria-sort") === first ? other : first;
    for (const th of this.table.tHead.querySelectorAll("th")) th.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", direction);
    const sign = direction === "ascending" ? 1 : -1;
    const key = COLUMNS[column];
    this.entries.sort((a, b) => {
      const [x, y] = [key(a.feature), key(b.feature)];
      if (x === undefined || y === undefined) return (x === undefined) - (y === undefined);
      return sign * (x < y ? -1 : x > y ? 1 : 0);
    });
    this.body.append(...this.entries.flatMap(entry => entry.detail === null ? [entry.row] : [entry.row, entry.detail]));
  }

  toggle(entry) {
    if (entry.detail === null) this.open(entry);
    else this.close(entry);
  }

  open(entry, segment) {
    this.close(entry);
    const {sheet, show} = openSheet(entry.feature, segment);
    entry.detail = element("tr", {class: "detail", role: "row"},
      element("td", {role: "cell", colspan: entry.row.cells.length}, sheet));
    entry.row.after(entry.detail);
    entry.row.classList.add("opened");
    entry.button.setAttribute("aria-expanded", "true");
    show();
  }

  close(entry) {
    if (entry.detail === null) return;
    entry.detail.remove();
    entry.detail = null;
    entry.row.classList.remove("opened");
    entry.button.setAttribute("aria-expanded", "false");
  }

  /** From elsewhere in the page. */
  goTo(feature, segment) {
    const entry = this.entries.find(candidate => candidate.feature === feature);
    this.open(entry, segment);
    entry.button.focus({preventScroll: true});
    entry.row.scrollIntoView({block: "start"});
  }

  key(event) {
    const row = event.target.closest("tbody > tr.detail, tbody > tr[data-feature]");
    if (row === null || row.parentElement !== this.body) return;
    const entry = this.entryOf(row);
    if (event.key === "Escape" && entry.detail !== null) {
      this.close(entry);
      entry.button.focus();
    } else if (event.target === entry.button && ["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) {
      const shown = this.shown(), at = shown.indexOf(entry);
      const next = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1}[event.key];
      shown[next]?.button.focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Paper cannot be opened: what has drifted is, for as long as it is printed. */
  printed() {
    const grave = this.shown().filter(entry => LEVELS.indexOf(entry.feature.all.level) >= 3).slice(0, PRINTED);
    const opened = grave.filter(entry => entry.detail === null);
    opened.forEach(entry => this.open(entry));
    return () => opened.forEach(entry => this.close(entry));
  }
}

const ASCENDING_FIRST = new Set(["name", "type", "p"]);

const COLUMNS = {
  name: feature => feature.name.toLowerCase(),
  type: feature => feature.type,
  severity: feature => LEVELS.indexOf(feature.all.level),
  psi: feature => feature.all.psi,
  distance: feature => feature.all.js,
  p: feature => feature.all.p,
  missing: feature => feature.all.missing,
  segments: feature => driftedSegments(feature),
};

function driftedSegments(feature) {
  return feature.segments.filter(result => result !== null && result.drifted).length;
}
