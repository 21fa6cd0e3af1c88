// One target along time: its path, what was reached, its limit and deadline; the same numbers stand in the table.
(function () {
  "use strict";
  var box = document.getElementById("trajectory"), source = document.getElementById("trajectory-values");
  if (!box || !source || !window.echarts) { return; }
  var values = JSON.parse(source.textContent), names = values.names;
  var isNarrow = box.clientWidth < 600;
  function number(value) { return value === null || value === undefined ? "—" : value.toLocaleString("en-US", { maximumFractionDigits: 4 }); }
  function fan() {
    if (!values.fan) { return []; }
    var low = values.fan.map(function (each) { return [each.on, each.low]; });
    var band = values.fan.map(function (each) { return [each.on, each.high - each.low]; });
    var plain = { type: "line", stack: "fan", showSymbol: false, lineStyle: { opacity: 0 }, tooltip: { show: false }, z: 1 };
    return [
      Object.assign({ name: names.fan + " ", data: low }, plain),
      Object.assign({ name: names.fan, data: band, areaStyle: { color: "#7d5fb8", opacity: 0.25 } }, plain)
    ];
  }
  function option() {
    var lines = [];
    if (values.limit !== null) { lines.push({ yAxis: values.limit, label: { formatter: names.limit + " " + number(values.limit), position: "insideStartTop" }, lineStyle: { color: "#9c1f56", type: "solid" } }); }
    if (values.upper !== null) { lines.push({ yAxis: values.upper, label: { formatter: number(values.upper), position: "insideStartTop" }, lineStyle: { color: "#9c1f56", type: "solid" } }); }
    if (values.deadline) { lines.push({ xAxis: values.deadline, label: { formatter: names.deadline + " " + values.deadline, position: "insideEndTop", rotate: 0, align: "right" }, lineStyle: { color: "#1c2730", type: "dotted" } }); }
    var series = [{ name: names.values, type: "line", data: values.values, symbol: "circle", symbolSize: 8, z: 5, lineStyle: { width: 2, color: "#0b5a75" }, itemStyle: { color: "#0b5a75" }, markLine: { symbol: "none", silent: true, animation: false, data: lines } }];
    if (values.path.length) { series.push({ name: names.path, type: "line", data: values.path, symbol: "diamond", symbolSize: 9, lineStyle: { type: "dashed", width: 1.5, color: "#c77700" }, itemStyle: { color: "#c77700" } }); }
    return {
      animation: false,
      backgroundColor: "#fff",
      title: { text: box.getAttribute("data-title") + (values.unit ? " (" + values.unit + ")" : ""), left: 12, top: 8, textStyle: { fontSize: 13, fontWeight: 600, color: "#1c2730", width: isNarrow ? 300 : 620, overflow: "truncate" } },
      legend: { right: 12, top: isNarrow ? 30 : 8, itemWidth: 18, itemHeight: 10, data: series.map(function (each) { return each.name; }).concat(values.fan ? [names.fan] : []) },
      grid: { left: isNarrow ? 52 : 76, right: isNarrow ? 30 : 70, top: isNarrow ? 74 : 58, bottom: 40 },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, valueFormatter: number },
      xAxis: { type: "time", minInterval: 28 * 86400000 },
      yAxis: { type: "value", scale: true, splitLine: { lineStyle: { color: "#e5eaed" } } },
      series: fan().concat(series)
    };
  }
  var chart = window.echarts.init(box, null, { renderer: "canvas" });
  chart.setOption(option());
  window.addEventListener("resize", function () { chart.resize(); });
  function save(name, address) {
    var link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-picture]");
    if (!button) { return; }
    var ending = button.getAttribute("data-picture"), name = box.getAttribute("data-file") + "." + ending;
    if (ending === "png") { save(name, chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#fff" })); return; }
    var drawn = window.echarts.init(null, null, { renderer: "svg", ssr: true, width: box.clientWidth, height: box.clientHeight });
    drawn.setOption(option());
    save(name, URL.createObjectURL(new Blob([drawn.renderToSVGString()], { type: "image/svg+xml" })));
    drawn.dispose();
  });
})();
