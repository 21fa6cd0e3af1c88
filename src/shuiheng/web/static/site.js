// Small helps for every page: filters apply at once, files can be dropped, menus close.
(function () {
  "use strict";
  document.addEventListener("change", function (event) {
    var field = event.target;
    if (field.form && field.form.hasAttribute("data-apply")) { field.form.submit(); }
    if (field.id === "files") { listFiles(field); }
    if (field.hasAttribute("data-all") && field.form) { chooseAll(field); }
    if (field.dataset && field.dataset.all) {
      field.form.querySelectorAll("input[name=" + field.dataset.all + "]").forEach(function (box) { box.checked = field.checked; });
    }
  });
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.who[open], details.more[open]").forEach(function (box) {
      if (!box.contains(event.target)) { box.removeAttribute("open"); }
    });
    if (event.target.closest("[data-print]")) { window.print(); }
  });
  ["focusin", "mousedown", "touchstart"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (event.target.closest) { offerAll(event.target.closest("select[data-options]")); }
    }, { passive: true });
  });
  document.addEventListener("toggle", function (event) {
    event.target.querySelectorAll("select[data-options]").forEach(offerAll);
  }, true);
  // Many choices that are the same in every row stand in the page once; a row takes them when it is used.
  function offerAll(field) {
    var shared = field && document.getElementById(field.dataset.options);
    if (!shared) { return; }
    var known = {};
    Array.prototype.forEach.call(field.options, function (each) { known[each.value] = true; });
    field.removeAttribute("data-options");
    Array.prototype.forEach.call(shared.content.cloneNode(true).querySelectorAll("option"), function (each) {
      if (!known[each.value]) { field.appendChild(each); }
    });
  }
  function chooseAll(field) {
    var name = field.getAttribute("data-all");
    Array.prototype.forEach.call(field.form.elements, function (each) {
      if (each.name === name && each.type === "checkbox" && !each.disabled) { each.checked = field.checked; }
    });
  }
  // What goes on sideways can be moved by keys too, unless it holds something that takes the focus anyway.
  function reachRows() {
    Array.prototype.forEach.call(document.querySelectorAll(".table-wrap, .b-table"), function (box) {
      if (box.hasAttribute("tabindex") && !box.hasAttribute("data-reached")) { return; }
      var goesOn = box.scrollWidth > box.clientWidth && !box.querySelector("a, button, input, select, textarea, summary");
      if (goesOn) { box.tabIndex = 0; box.setAttribute("data-reached", ""); } else { box.removeAttribute("tabindex"); }
    });
  }
  ["DOMContentLoaded", "htmx:afterSettle"].forEach(function (name) { document.addEventListener(name, reachRows); });
  window.addEventListener("resize", reachRows);
  function listFiles(field) {
    var list = document.getElementById("chosen-files");
    if (!list) { return; }
    list.textContent = "";
    Array.prototype.forEach.call(field.files, function (file) {
      var line = document.createElement("li");
      line.textContent = file.name + "  " + Math.max(1, Math.round(file.size / 1024)) + " KB";
      list.appendChild(line);
    });
  }
  var drop = document.querySelector(".drop");
  if (drop) {
    var field = document.getElementById("files");
    ["dragenter", "dragover"].forEach(function (name) {
      drop.addEventListener(name, function (event) { event.preventDefault(); drop.classList.add("over"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      drop.addEventListener(name, function () { drop.classList.remove("over"); });
    });
    drop.addEventListener("drop", function (event) {
      event.preventDefault();
      if (event.dataTransfer.files.length) { field.files = event.dataTransfer.files; listFiles(field); }
    });
  }
})();
