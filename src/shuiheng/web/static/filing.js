// The monthly filing: what was typed stays when the page is loaded again; photos that were not taken are not sent.
(function () {
  "use strict";
  var form = document.querySelector("form.filing-form");
  if (!form) { return; }
  var name = "filing/" + form.elements.user.value + "/" + form.elements.month.value;
  function fields() { return Array.prototype.slice.call(form.querySelectorAll("input[name^='register-']")); }
  function keep() {
    var typed = {};
    fields().forEach(function (field) {
      if (field.value !== field.defaultValue) { typed[field.name] = field.value; }
    });
    try { window.sessionStorage.setItem(name, JSON.stringify(typed)); } catch (full) { return; }
  }
  function bring() {
    var typed;
    try { typed = JSON.parse(window.sessionStorage.getItem(name) || "{}"); } catch (broken) { return; }
    fields().forEach(function (field) {
      if (typed[field.name] && !field.closest(".wrong")) {
        field.value = typed[field.name];
        window.htmx.trigger(field, "change");
      }
    });
  }
  form.addEventListener("input", keep);
  form.addEventListener("submit", function () {
    try { window.sessionStorage.removeItem(name); } catch (closed) { /* nothing is kept then */ }
    Array.prototype.forEach.call(form.querySelectorAll("input[type=file]"), function (field) {
      field.disabled = field.files.length === 0;
    });
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      Array.prototype.forEach.call(form.querySelectorAll("input[type=file]"), function (field) { field.disabled = false; });
    }
  });
  document.addEventListener("DOMContentLoaded", bring); // when htmx listens to the fields
})();
