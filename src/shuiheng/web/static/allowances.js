// Adds up the months of a form while they are typed, and says when they are not the year.
(function () {
  "use strict";
  function sumOf(form) {
    var total = 0;
    Array.prototype.forEach.call(form.elements, function (field) {
      if (/^m\d+$/.test(field.name)) { total += Math.round(parseFloat(field.value.replace(/[,，\s]/g, "")) * 1000) || 0; }
    });
    return total;
  }
  function show(form) {
    var total = sumOf(form), shown = form.querySelector("[data-sum]"), off = form.querySelector("[data-off]");
    if (shown) { shown.textContent = (total / 1000).toLocaleString("en-US", { maximumFractionDigits: 3 }); }
    if (off) { off.hidden = total === Math.round(parseFloat(form.getAttribute("data-total")) * 1000); }
  }
  Array.prototype.forEach.call(document.querySelectorAll("form[data-months]"), function (form) {
    show(form);
    form.addEventListener("input", function () { show(form); });
  });
})();
