// One way to draw and export pictures: a box names its kind and its values, a button what to export.
//   <div class="chart" id="x" data-chart="bars" data-values="x-values" data-title="…" data-file="…"></div>
//   <button data-export="png" data-of="x">   or svg; the workbook of the same numbers comes from the server
// A script adds a kind with shuihengCharts.add(name, function (values, box) { return option; }); one that must
// first fetch something adds it when that has come and asks for shuihengCharts.draw().
// The same numbers stand in a table beside every picture, which is all there is without this script.
(function () {
  "use strict";
  var kinds = {}, drawn = {};
  var light = { ink: "#1c2730", soft: "#566571", line: "#e5eaed", ground: "#fff", series: ["#0b5a75", "#c77700", "#3f8f2c", "#9c1f56", "#7d5fb8", "#5b7c8d"], unknown: "#b4bdc3", limit: "#a3261b" };
  var dark = { ink: "#e6eef2", soft: "#9fb2bd", line: "#24424f", ground: "#0a1c24", series: ["#4fb3d1", "#f0a83c", "#8cc96b", "#e88bb3", "#b9a2e3", "#9fb2bd"], unknown: "#5f737d", limit: "#ff8f7f" };
  function look(box) { return box.getAttribute("data-look") === "dark" ? dark : light; }
  function numberTo(digits) { return function (value) { return value === null || value === undefined || value === "-" ? "—" : Number(value).toLocaleString("en-US", { maximumFractionDigits: digits }); }; }
  function isNarrow(box) { return box.clientWidth < 600; }
  function size(box) { return look(box) === dark ? parseFloat(window.getComputedStyle(document.documentElement).fontSize) * 1.15 : isNarrow(box) ? 11 : 12; }
  function hatch(colours) {
    var tile = document.createElement("canvas"), pen = tile.getContext("2d");
    tile.width = tile.height = 8;
    pen.fillStyle = colours.ground; pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = colours.unknown; pen.lineWidth = 2;
    pen.beginPath(); pen.moveTo(0, 8); pen.lineTo(8, 0); pen.moveTo(-2, 2); pen.lineTo(2, -2); pen.moveTo(6, 10); pen.lineTo(10, 6); pen.stroke();
    return { image: tile, repeat: "repeat" };
  }
  function values(box) { var source = document.getElementById(box.getAttribute("data-values")); return source ? JSON.parse(source.textContent) : null; }
  function optionOf(box, isFile) {
    var colours = look(box), made = kinds[box.getAttribute("data-chart")](values(box), box, colours, isFile);
    made.animation = false;
    made.backgroundColor = colours.ground;
    if (!made.title && box.getAttribute("data-title")) { made.title = { text: box.getAttribute("data-title"), left: 12, top: 8, textStyle: { fontSize: 13, fontWeight: 600, color: colours.ink } }; }
    return made;
  }
  function draw(box) {
    if (!window.echarts || !kinds[box.getAttribute("data-chart")] || !values(box)) { return; }
    var chart = drawn[box.id] && !drawn[box.id].isDisposed() && drawn[box.id].getDom() === box ? drawn[box.id] : window.echarts.init(box, null, { renderer: "canvas" });
    drawn[box.id] = chart;
    chart.setOption(optionOf(box, false), true);
    box.setAttribute("data-drawn", "yes");
  }
  function all() { Array.prototype.forEach.call(document.querySelectorAll("[data-chart]"), draw); }
  function save(name, address) {
    var link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
  }
  function file(box, ending) {
    var name = (box.getAttribute("data-file") || box.getAttribute("data-title") || box.id) + "." + ending;
    if (ending === "png") { save(name, drawn[box.id].getDataURL({ type: "png", pixelRatio: 2, backgroundColor: look(box).ground })); return; }
    var flat = window.echarts.init(null, null, { renderer: "svg", ssr: true, width: box.clientWidth, height: box.clientHeight });
    flat.setOption(optionOf(box, true));
    save(name, URL.createObjectURL(new Blob([flat.renderToSVGString()], { type: "image/svg+xml" })));
    flat.dispose();
  }
  window.shuihengCharts = { add: function (name, make) { kinds[name] = make; }, draw: all, number: numberTo(2), numberTo: numberTo, hatch: hatch, size: size, isNarrow: isNarrow };
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-export]"), box = button && document.getElementById(button.getAttribute("data-of"));
    if (box && drawn[box.id]) { file(box, button.getAttribute("data-export")); }
  });
  window.addEventListener("resize", function () { Object.keys(drawn).forEach(function (id) { drawn[id].resize(); }); });
  document.addEventListener("DOMContentLoaded", all);
})();
