// Targets along time, stacked by kind; the same numbers stand in the table below the picture.
(function () {
  "use strict";
  var charts = window.shuihengCharts;
  if (!charts) { return; }
  var tints = { level: "#c77700", reduction: "#0b5a75", count: "#3f8f2c", increment: "#9c1f56", milestone: "#7d5fb8" };
  charts.add("timeline", function (values, box, colours) {
    var isNarrow = charts.isNarrow(box);
    return {
      legend: { right: 12, top: isNarrow ? 30 : 8, itemWidth: 12, itemHeight: 10 },
      grid: { left: 44, right: 20, top: isNarrow ? 64 : 50, bottom: 34 },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "shadow" } },
      xAxis: { type: "category", data: values.days, axisTick: { alignWithLabel: true } },
      yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: colours.line } } },
      series: values.series.map(function (each) {
        return { name: each.name, type: "bar", stack: "all", barMaxWidth: 46, data: each.counts, itemStyle: { color: tints[each.kind] } };
      })
    };
  });
})();
