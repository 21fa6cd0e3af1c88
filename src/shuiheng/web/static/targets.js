// Targets along time, stacked by kind; the same numbers stand in the table below the picture.
(function () {
  "use strict";
  var box = document.getElementById("timeline"), source = document.getElementById("timeline-values");
  if (!box || !source || !window.echarts) { return; }
  var values = JSON.parse(source.textContent);
  var colours = { level: "#c77700", reduction: "#0b5a75", count: "#3f8f2c", increment: "#9c1f56", milestone: "#7d5fb8" };
  var chart = window.echarts.init(box, null, { renderer: "canvas" });
  var isNarrow = box.clientWidth < 600;
  chart.setOption({
    animation: false,
    title: { text: box.getAttribute("data-title"), left: 12, top: 8, textStyle: { fontSize: 13, fontWeight: 600, color: "#1c2730" } },
    legend: { right: 12, top: isNarrow ? 30 : 8, itemWidth: 12, itemHeight: 10 },
    grid: { left: 44, right: 20, top: isNarrow ? 64 : 50, bottom: 34 },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
    xAxis: { type: "category", data: values.days, axisTick: { alignWithLabel: true } },
    yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#e5eaed" } } },
    series: values.series.map(function (each) {
      return { name: each.name, type: "bar", stack: "all", barMaxWidth: 46, data: each.counts, itemStyle: { color: colours[each.kind] } };
    })
  });
  window.addEventListener("resize", function () { chart.resize(); });
})();
