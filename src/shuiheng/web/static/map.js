// Districts by their outlines, coloured by class; the same figures stand in the table below.
(function () {
  "use strict";
  var box = document.getElementById("map-chart"), source = document.getElementById("map-values");
  if (!box || !source || !window.echarts) { return; }
  var values = JSON.parse(source.textContent), chart = null;
  var colours = { 0: "#eef2f4", 1: "#dcebf2", 2: "#b3d3e2", 3: "#7fb2ca", 4: "#2f7392", 5: "#0b5a75" };
  function draw(shapes) {
    var known = {};
    shapes.features.forEach(function (each) { known[each.properties.name] = true; });
    window.echarts.registerMap("city", shapes);
    chart = window.echarts.init(box, null, { renderer: "canvas" });
    chart.setOption({
      animation: false,
      backgroundColor: "#fff",
      title: { text: box.getAttribute("data-title"), subtext: values.approval, left: 12, top: 8, textStyle: { fontSize: 13, fontWeight: 600, color: "#1c2730" } },
      tooltip: { renderMode: "richText", confine: true, formatter: function (item) { return item.name + "  " + (item.data ? item.data.shown : "—"); } },
      series: [{
        type: "map", map: "city", roam: false, selectedMode: false, top: 60, bottom: 20,
        label: { show: true, fontSize: 12, lineHeight: 16, color: "#1c2730", formatter: function (item) { return item.name + (item.data ? "\n" + item.data.shown : ""); } },
        emphasis: { itemStyle: { areaColor: "#ffe6bd" }, label: { color: "#1c2730" } },
        data: values.values.filter(function (each) { return known[each.name]; }).map(function (each) {
          return { name: each.name, value: each.value, shown: each.shown, itemStyle: { areaColor: colours[each.value], borderColor: "#566571" }, label: { color: each.value > 3 ? "#fff" : "#1c2730" } };
        })
      }]
    });
    window.addEventListener("resize", function () { chart.resize(); });
    box.setAttribute("data-drawn", "yes");
  }
  window.fetch(box.getAttribute("data-shapes"), { credentials: "same-origin" }).then(function (answer) { return answer.json(); }).then(draw);
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-map-picture]");
    if (!button || !chart) { return; }
    var link = document.createElement("a");
    link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#fff" });
    link.download = box.getAttribute("data-file") + ".png";
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
  });
})();
