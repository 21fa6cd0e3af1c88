// Districts by their outlines, coloured by class; the same figures stand in the table below.
(function () {
  "use strict";
  var charts = window.shuihengCharts, box = document.querySelector("[data-shapes]");
  if (!charts || !box || !window.echarts) { return; }
  var classes = { 0: "#eef2f4", 1: "#dcebf2", 2: "#b3d3e2", 3: "#7fb2ca", 4: "#2f7392", 5: "#0b5a75" };
  function come(shapes) {
    var known = {};
    shapes.features.forEach(function (each) { known[each.properties.name] = true; });
    window.echarts.registerMap("city", shapes);
    charts.add("map", function (values, drawn, colours) {
      return {
        title: { text: drawn.getAttribute("data-title"), subtext: values.approval, left: 12, top: 8, textStyle: { fontSize: 13, fontWeight: 600, color: colours.ink } },
        tooltip: { renderMode: "richText", confine: true, formatter: function (item) { return item.name + "  " + (item.data ? item.data.shown : "—"); } },
        series: [{
          type: "map", map: "city", roam: false, selectedMode: false, top: 60, bottom: 20,
          label: { show: true, fontSize: 12, lineHeight: 16, color: colours.ink, formatter: function (item) { return item.name + (item.data ? "\n" + item.data.shown : ""); } },
          emphasis: { itemStyle: { areaColor: "#ffe6bd" }, label: { color: colours.ink } },
          data: values.values.filter(function (each) { return known[each.name]; }).map(function (each) {
            return { name: each.name, value: each.value, shown: each.shown, itemStyle: { areaColor: classes[each.value], borderColor: colours.soft }, label: { color: each.value > 3 ? "#fff" : colours.ink } };
          })
        }]
      };
    });
    charts.draw();
  }
  window.fetch(box.getAttribute("data-shapes"), { credentials: "same-origin" }).then(function (answer) { return answer.json(); }).then(come);
})();
