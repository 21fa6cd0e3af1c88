// Water by period, stacked by group, beside the year before; the same numbers stand in the table below.
(function () {
  "use strict";
  var charts = window.shuihengCharts;
  if (!charts) { return; }
  charts.add("use", function (values, box, colours) {
    var tints = colours.series.concat(["#b0893c", "#2e9c9c", "#a9b4bb"]), isNarrow = charts.isNarrow(box), kind = values.kind || "bar";
    var series = values.series.map(function (each, place) {
      var one = { name: each.name, type: kind, data: each.values, itemStyle: { color: tints[place % tints.length] } };
      if (kind === "bar") { one.stack = "all"; one.barMaxWidth = 46; } else { one.showSymbol = false; one.connectNulls = false; one.lineStyle = { width: 1.5 }; }
      return one;
    });
    if (values.before) {
      series.push({ name: values.beforeName, type: "line", data: values.before, connectNulls: false, symbol: "diamond", symbolSize: 8, z: 5, lineStyle: { type: "dashed", color: colours.ink, width: 1.5 }, itemStyle: { color: colours.ink } });
    }
    return {
      title: { text: box.getAttribute("data-title") + " (" + values.unit + ")", left: 12, top: 8, textStyle: { fontSize: 13, fontWeight: 600, color: colours.ink } },
      legend: { type: "scroll", left: isNarrow ? 12 : 300, right: 12, top: isNarrow ? 30 : 8, itemWidth: 12, itemHeight: 10 },
      grid: { left: isNarrow ? 56 : 76, right: 20, top: isNarrow ? 66 : 50, bottom: 48 },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "shadow" }, valueFormatter: charts.number },
      xAxis: { type: "category", data: values.labels.map(function (name, place) { return values.lacks && values.lacks[place] ? name + "\n" + values.lacks[place] : name; }), axisTick: { alignWithLabel: true } },
      yAxis: { type: "value", splitLine: { lineStyle: { color: colours.line } } },
      series: series
    };
  });
})();
