// The reporting form: marks rows with unsaved words, saves them every 30 seconds and on Ctrl+Enter.
(function () {
  "use strict";
  var EVERY_MS = 30000;
  var waiting = null;
  function forms() { return Array.prototype.slice.call(document.querySelectorAll("form.report-form")); }
  function rowOf(form) { return form.closest(".report-row"); }
  function isDirty(form) { return form.classList.contains("dirty"); }
  function isStopped(form) { return !!form.querySelector("[data-stale]"); }
  function save(form) { window.htmx.trigger(form, "autosave"); }
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (form && form.classList.contains("report-form") && event.target.name !== "progress") {
      form.classList.add("dirty");
      form.setAttribute("data-typed", String(Number(form.getAttribute("data-typed") || 0) + 1));
    }
  });
  window.setInterval(function () {
    forms().forEach(function (form) { if (isDirty(form) && !isStopped(form)) { save(form); } });
  }, EVERY_MS);
  document.addEventListener("keydown", function (event) {
    var form = event.target.form;
    if (event.key !== "Enter" || !event.ctrlKey || !form || !form.classList.contains("report-form")) { return; }
    event.preventDefault();
    save(form);
    var all = forms();
    var next = all[all.indexOf(form) + 1];
    if (next) { next.querySelector("textarea").focus(); }
  });
  document.addEventListener("htmx:beforeRequest", function (event) {
    var form = event.target;
    if (form.classList && form.classList.contains("report-form")) {
      form.setAttribute("data-sent", form.getAttribute("data-typed") || "0");
    }
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest && event.target.closest("form.report-form");
    if (!form) { return; }
    var status = event.detail.xhr ? event.detail.xhr.status : 0;
    rowOf(form).classList.toggle("clashing", status === 409 || status === 422 || status === 0);
    if (status === 200 && form.getAttribute("data-sent") === (form.getAttribute("data-typed") || "0")) {
      form.classList.remove("dirty");
    }
    if (waiting) { tryFiling(); }
  });
  function tryFiling() {
    var unsaved = forms().filter(isDirty);
    if (unsaved.length === 0) {
      var ready = waiting;
      waiting = null;
      ready.submit();
    } else if (unsaved.some(function (form) { return rowOf(form).classList.contains("clashing"); })) {
      waiting = null;
      document.getElementById("unsaved").hidden = false;
    }
  }
  document.addEventListener("submit", function (event) {
    if (!event.target.matches("#file-form, .evidence-form")) { return; }
    var unsaved = forms().filter(isDirty);
    if (unsaved.length === 0) { return; }
    event.preventDefault();
    waiting = event.target;
    unsaved.forEach(save);
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-reload]")) { window.onbeforeunload = null; window.setTimeout(function () { window.location.reload(); }, 0); }
  });
  window.addEventListener("beforeunload", function (event) {
    if (!waiting && forms().some(function (form) { return isDirty(form) && !isStopped(form); })) { event.preventDefault(); }
  });
})();
