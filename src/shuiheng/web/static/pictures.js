// Kinds of pictures of a city: bars against a limit, grouped bars, the way of water, a year of days.
(function () {
  "use strict";
  var charts = window.shuihengCharts;
  if (!charts) { return; }
  var isNarrow = charts.isNarrow;
  function top(box) { return box.getAttribute("data-title") ? 44 : 16; }
  function axis(colours) { return { axisLabel: { color: colours.soft }, axisLine: { lineStyle: { color: colours.line } }, splitLine: { lineStyle: { color: colours.line } } }; }
  function named(list, colours, box) {
    return Object.assign(axis(colours), { type: "category", data: list, inverse: true, axisTick: { show: false }, axisLabel: { color: colours.ink, fontSize: charts.size(box), interval: 0, width: charts.size(box) * (isNarrow(box) ? 6.6 : 9), overflow: "truncate" } });
  }
  // The words of a bar stand in a column of their own at the right, so that no line runs through them.
  charts.add("bars", function (values, box, colours, isFile) {
    var shown = values.shown || [], unknown = isFile ? colours.unknown : charts.hatch(colours), size = charts.size(box);
    var known = values.values.filter(function (each) { return each !== null; }), hasLimit = values.limit !== null && values.limit !== undefined;
    var most = Math.max.apply(null, known.concat(hasLimit ? [values.limit] : [0])) || 1;
    var words = values.values.map(function (each, place) { return shown[place] || (each === null ? "? " + values.unknown : charts.number(each)); });
    return {
      grid: { left: 12, right: 12, top: top(box) + (hasLimit ? size + 8 : 0), bottom: 8, containLabel: true },
      tooltip: { trigger: "item", renderMode: "richText", confine: true, formatter: function (item) { return item.name + "  " + words[item.dataIndex]; } },
      xAxis: Object.assign(axis(colours), { type: "value", max: most * 1.04, axisLabel: { color: colours.soft, fontSize: size, showMaxLabel: false, hideOverlap: true, formatter: charts.number } }),
      yAxis: [named(values.labels, colours, box), Object.assign(named(words, colours, box), { position: "right", axisLabel: { color: colours.ink, fontSize: size, interval: 0 } })],
      series: [{
        type: "bar", barMaxWidth: 24,
        data: values.values.map(function (each) {
          var isOver = hasLimit && values.unit === "%" && each !== null && each > values.limit;
          return { value: each === null ? most : each, itemStyle: { color: each === null ? unknown : isOver ? colours.series[1] : colours.series[0], opacity: each === null ? 0.5 : 1 } };
        }),
        markLine: hasLimit ? { silent: true, symbol: "none", data: [{ xAxis: values.limit }], lineStyle: { color: colours.limit, type: "dashed", width: 1.5 }, label: { formatter: values.limitName + " " + charts.number(values.limit), color: colours.limit, fontSize: size, position: "start", distance: 4 } } : undefined
      }]
    };
  });
  charts.add("groups", function (values, box, colours) {
    return {
      legend: { left: 12, top: top(box) - 8, itemWidth: 12, itemHeight: 10, textStyle: { color: colours.ink } },
      grid: { left: 12, right: 24, top: top(box) + 24, bottom: 8, containLabel: true },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "shadow" }, valueFormatter: function (value) { return value === null || value === undefined ? values.unknown : charts.number(value) + " " + values.unit; } },
      xAxis: Object.assign(axis(colours), { type: "category", data: values.labels, axisTick: { alignWithLabel: true }, axisLabel: { color: colours.ink, interval: 0, rotate: isNarrow(box) && values.labels.length > 3 ? 40 : 0 } }),
      yAxis: Object.assign(axis(colours), { type: "value" }),
      series: values.series.map(function (each, place) {
        return { name: each.name, type: "bar", barMaxWidth: 26, data: each.values, itemStyle: { color: colours.series[place] }, label: { show: !isNarrow(box) && values.labels.length < 9, position: "top", color: colours.ink, fontSize: 11, formatter: function (item) { return item.value === null || item.value === undefined ? "?" : charts.number(item.value); } } };
      })
    };
  });
  charts.add("sankey", function (values, box, colours) {
    var most = Math.max.apply(null, values.links.map(function (link) { return link.value; }).concat([1]));
    function label(item) {
      if (item.value < most * (isNarrow(box) ? 0.1 : 0.004)) { return ""; }
      return labels[item.name] + (isNarrow(box) ? "" : (item.value < most * 0.05 ? "  " : "\n") + charts.number(item.value));
    }
    var tints = { source: 0, intake: 5, supply: 4, use: 5, sector: 2, used: 5, drain: 1, end: 3 }, labels = {};
    values.nodes.forEach(function (node) { labels[node.name] = node.label; });
    return {
      tooltip: { trigger: "item", renderMode: "richText", confine: true, formatter: function (item) {
        if (item.dataType === "edge") { return labels[item.data.source] + " → " + labels[item.data.target] + "  " + charts.number(item.data.value) + " " + values.unit; }
        return labels[item.name] + "  " + charts.number(item.value) + " " + values.unit;
      } },
      series: [{
        type: "sankey", orient: isNarrow(box) ? "vertical" : "horizontal", draggable: false, emphasis: { focus: "adjacency" },
        left: 16, right: isNarrow(box) ? 16 : 130, top: top(box) + 6, bottom: isNarrow(box) ? 30 : 16, nodeGap: isNarrow(box) ? 14 : 18, nodeWidth: 14,
        data: values.nodes.map(function (node) {
          var isUnknown = node.stage === "unknown";
          return { name: node.name, itemStyle: { color: isUnknown ? colours.unknown : colours.series[tints[node.stage]], borderColor: isUnknown ? colours.soft : "transparent", borderType: isUnknown ? "dashed" : "solid" } };
        }),
        links: values.links.map(function (link) {
          return { source: link.source, target: link.target, value: link.value, lineStyle: { color: link.isUnknown ? colours.unknown : "gradient", opacity: link.isUnknown ? 0.55 : 0.32 } };
        }),
        lineStyle: { curveness: 0.5 },
        label: { color: colours.ink, fontSize: isNarrow(box) ? 10 : 12, position: isNarrow(box) ? "bottom" : "right", distance: 4, formatter: label }
      }]
    };
  });
  charts.add("year", function (values, box, colours) {
    var most = Math.max.apply(null, values.days.map(function (day) { return day[1]; }).concat([1]));
    return {
      tooltip: { renderMode: "richText", confine: true, formatter: function (item) { return item.value[0] + "  " + item.value[1] + " " + values.unit; } },
      visualMap: { show: false, min: 0, max: most, inRange: { color: ["#dcebf2", "#7fb2ca", "#0b5a75"] } },
      calendar: { range: String(values.year), top: top(box) + 26, left: 58, right: 12, cellSize: ["auto", 15], splitLine: { lineStyle: { color: colours.soft, width: 1 } }, itemStyle: { color: colours.ground, borderColor: colours.line }, yearLabel: { show: false }, dayLabel: { firstDay: 1, nameMap: values.weekdays, color: colours.soft }, monthLabel: { nameMap: values.months, color: colours.ink } },
      series: [{ type: "heatmap", coordinateSystem: "calendar", label: { show: true, fontSize: 10, formatter: function (item) { return String(item.value[1]); } }, data: values.days.map(function (day) { return { value: day, label: { color: day[1] > most * 0.6 ? "#fff" : colours.ink } }; }) }]
    };
  });
})();
