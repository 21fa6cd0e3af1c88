// Hours of days as colours; the same figures stand in the table below, which shows without this script too.
(function () {
  "use strict";
  var box = document.getElementById("heat"), source = document.getElementById("heat-values");
  if (!box || !source || !window.echarts) { return; }
  var values = JSON.parse(source.textContent);
  var colours = { none: "#e9edf0", back: "#7d5fb8", "0": "#ffffff", "1": "#dcecf3", "2": "#a9d0e0", "3": "#7fbcd3", "4": "#1f6f8c", "5": "#8a4b00" };
  box.style.height = Math.max(220, values.days.length * 13 + 90) + "px";
  var chart = window.echarts.init(box, null, { renderer: "canvas" });
  var codes = Object.keys(colours);
  var cells = values.cells.map(function (cell) {
    return [cell[0], cell[1], cell[2] === null ? "-" : cell[2], codes.indexOf(cell[3])];
  });
  chart.setOption({
    animation: false,
    grid: { left: 50, right: 16, top: 12, bottom: 44, show: true, backgroundColor: colours.none },
    tooltip: { renderMode: "richText", formatter: function (point) {
      var cell = values.cells[point.dataIndex];
      return values.days[cell[1]] + "  " + cell[0] + "–" + (cell[0] + 1) + " " + values.at + "\n" + values.words[cell[3]] + "  " + cell[2] + " " + values.unit;
    } },
    xAxis: { type: "category", data: values.hours, name: values.at, nameLocation: "middle", nameGap: 26 },
    yAxis: { type: "category", data: values.days, inverse: true, axisTick: { show: false } },
    visualMap: { type: "piecewise", show: false, dimension: 3, pieces: codes.map(function (code, place) { return { value: place, color: colours[code] }; }) },
    series: [{ type: "heatmap", data: cells, itemStyle: { borderColor: "#fff", borderWidth: 0.5 }, emphasis: { itemStyle: { borderColor: "#1c2730", borderWidth: 1.5 } } }]
  });
  window.addEventListener("resize", function () { chart.resize(); });
})();
