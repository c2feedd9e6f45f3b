
const data = JSON.parse(document.getElementById("data").textContent);
const table = new FeatureTable(data.features);
const heat = document.getElementById("heat");
if (heat !== null) {
  const map = new HeatMap(heat, data.segments, (feature, segment) => table.goTo(feature, segment));
  table.onFilter = features => map.show(features);
  map.show(data.features);
}
let restore = () => {};
window.addEventListener("beforeprint", () => { restore = table.printed(); });
window.addEventListener("afterprint", () => restore());
performance.mark("plumbline-ready");
