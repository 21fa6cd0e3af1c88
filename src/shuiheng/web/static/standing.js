// One target along time: its path, what was reached, its limit and deadline; the same numbers stand in the table.
(function () {
  "use strict";
  var charts = window.shuihengCharts;
  if (!charts) { return; }
  var number = charts.numberTo(4);
  function fan(values) {
    if (!values.fan || !values.fan.length) { return []; }
    var last = values.values[values.values.length - 1], known = last && last[1] !== null && last[0] < values.fan[0].on;
    var futures = (known ? [{ on: last[0], low: last[1], high: last[1] }] : []).concat(values.fan); // they begin where the values end
    var low = futures.map(function (each) { return [each.on, each.low]; });
    var band = futures.map(function (each) { return [each.on, each.high - each.low]; });
    var plain = { type: "line", stack: "fan", showSymbol: false, lineStyle: { opacity: 0 }, tooltip: { show: false }, z: 1 };
    return [
      Object.assign({ name: values.names.fan + " ", data: low }, plain),
      Object.assign({ name: values.names.fan, data: band, itemStyle: { color: "#7d5fb8" }, areaStyle: { color: "#7d5fb8", opacity: 0.25 } }, plain)
    ];
  }
  function marks(values, colours) {
    var lines = [], names = values.names;
    if (values.limit !== null) { lines.push({ yAxis: values.limit, label: { formatter: names.limit + " " + number(values.limit), position: "insideStartTop" }, lineStyle: { color: "#9c1f56", type: "solid" } }); }
    if (values.upper !== null) { lines.push({ yAxis: values.upper, label: { formatter: number(values.upper), position: "insideStartTop" }, lineStyle: { color: "#9c1f56", type: "solid" } }); }
    if (values.deadline) { lines.push({ xAxis: values.deadline, label: { formatter: names.deadline + " " + values.deadline, position: "insideEndTop", rotate: 0, align: "right" }, lineStyle: { color: colours.ink, type: "dotted" } }); }
    return lines;
  }
  charts.add("trajectory", function (values, box, colours) {
    var names = values.names, isNarrow = charts.isNarrow(box);
    var series = [{ name: names.values, type: "line", data: values.values, symbol: "circle", symbolSize: 8, z: 5, lineStyle: { width: 2, color: colours.series[0] }, itemStyle: { color: colours.series[0] }, markLine: { symbol: "none", silent: true, animation: false, data: marks(values, colours) } }];
    if (values.path.length) { series.push({ name: names.path, type: "line", data: values.path, symbol: "diamond", symbolSize: 9, lineStyle: { type: "dashed", width: 1.5, color: colours.series[1] }, itemStyle: { color: colours.series[1] } }); }
    return {
      title: { text: box.getAttribute("data-title") + (values.unit ? " (" + values.unit + ")" : ""), left: 12, top: 8, textStyle: { fontSize: 13, fontWeight: 600, color: colours.ink, width: isNarrow ? 300 : 620, overflow: "truncate" } },
      legend: { right: 12, top: isNarrow ? 30 : 8, itemWidth: 18, itemHeight: 10, data: series.map(function (each) { return each.name; }).concat(values.fan && values.fan.length ? [{ name: names.fan, icon: "roundRect" }] : []) },
      grid: { left: isNarrow ? 52 : 76, right: isNarrow ? 30 : 70, top: isNarrow ? 74 : 58, bottom: 40 },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, valueFormatter: number },
      xAxis: { type: "time", minInterval: 28 * 86400000 },
      yAxis: { type: "value", scale: true, splitLine: { lineStyle: { color: colours.line } } },
      series: fan(values).concat(series)
    };
  });
})();
