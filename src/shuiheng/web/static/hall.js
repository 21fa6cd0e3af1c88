// The screen in a hall asks for itself anew; what it cannot get, it says, and keeps showing what it has.
(function () {
  "use strict";
  var seconds = Number(document.body.getAttribute("data-refresh"));
  if (!seconds || !window.fetch || !window.DOMParser) { return; }
  function stale(is) { var line = document.querySelector(".h-stale"); if (line) { line.hidden = !is; } }
  function put(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html").getElementById("hall"), old = document.getElementById("hall");
    if (!fresh || !old) { throw new Error("no screen"); }
    old.parentNode.replaceChild(document.importNode(fresh, true), old);
    if (window.shuihengCharts) { window.shuihengCharts.draw(); }
  }
  function ask() {
    window.fetch(window.location.href, { credentials: "same-origin", cache: "no-store", headers: { "HX-Request": "true" } }).then(function (answer) {
      if (answer.status === 404) { window.location.reload(); return ""; }
      if (!answer.ok) { throw new Error("not now"); }
      return answer.text().then(put);
    }).catch(function () { stale(true); });
  }
  window.setInterval(ask, seconds * 1000);
})();
