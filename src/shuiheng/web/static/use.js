// Water by period, stacked by group, beside the year before; the same numbers stand in the table below.
(function () {
  "use strict";
  var box = document.getElementById("use-chart"), source = document.getElementById("use-values");
  if (!box || !source || !window.echarts) { return; }
  var values = JSON.parse(source.textContent);
  var colours = ["#0b5a75", "#c77700", "#3f8f2c", "#9c1f56", "#7d5fb8", "#5b7c8d", "#b0893c", "#2e9c9c", "#a9b4bb"];
  var isNarrow = box.clientWidth < 600, kind = values.kind || "bar";
  function number(value) { return value === null || value === undefined ? "—" : value.toLocaleString("en-US", { maximumFractionDigits: 2 }); }
  function label(name, place) { return values.lacks && values.lacks[place] ? name + "\n" + values.lacks[place] : name; }
  function option(animated) {
    var series = values.series.map(function (each, place) {
      var one = { name: each.name, type: kind, data: each.values, itemStyle: { color: colours[place % colours.length] } };
      if (kind === "bar") { one.stack = "all"; one.barMaxWidth = 46; } else { one.showSymbol = false; one.connectNulls = false; one.lineStyle = { width: 1.5 }; }
      return one;
    });
    if (values.before) {
      series.push({ name: values.beforeName, type: "line", data: values.before, connectNulls: false, symbol: "diamond", symbolSize: 8, z: 5, lineStyle: { type: "dashed", color: "#1c2730", width: 1.5 }, itemStyle: { color: "#1c2730" } });
    }
    return {
      animation: animated,
      backgroundColor: "#fff",
      title: { text: box.getAttribute("data-title") + " (" + values.unit + ")", left: 12, top: 8, textStyle: { fontSize: 13, fontWeight: 600, color: "#1c2730" } },
      legend: { type: "scroll", left: isNarrow ? 12 : 300, right: 12, top: isNarrow ? 30 : 8, itemWidth: 12, itemHeight: 10 },
      grid: { left: isNarrow ? 56 : 76, right: 20, top: isNarrow ? 66 : 50, bottom: 48 },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "shadow" }, valueFormatter: number },
      xAxis: { type: "category", data: values.labels.map(label), axisTick: { alignWithLabel: true } },
      yAxis: { type: "value", splitLine: { lineStyle: { color: "#e5eaed" } } },
      series: series
    };
  }
  var chart = window.echarts.init(box, null, { renderer: "canvas" });
  chart.setOption(option(false));
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
    drawn.setOption(option(false));
    save(name, URL.createObjectURL(new Blob([drawn.renderToSVGString()], { type: "image/svg+xml" })));
    drawn.dispose();
  });
})();
