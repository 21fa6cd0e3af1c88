// The reading page: one side lights the other, keys decide, chosen words become items.
(function () {
  "use strict";
  var panes = document.getElementById("panes");
  var paper = document.getElementById("paper");
  var textPane = document.getElementById("text-pane");
  var cardScroll = document.getElementById("card-scroll");
  var cards = document.getElementById("cards");
  var pinned = document.getElementById("pinned");
  var narrow = window.matchMedia("(max-width: 900px)");
  var keepFocus = null;

  function marksOf(token) { return paper.querySelectorAll('.m[data-n~="' + token + '"]'); }
  function dim() { document.querySelectorAll(".lit").forEach(function (each) { each.classList.remove("lit"); }); }
  function show(pane) {
    panes.setAttribute("data-show", pane);
    document.querySelectorAll(".pane-switch").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-pane") === pane));
    });
  }
  function into(box, element) {
    var outer = box.getBoundingClientRect(), inner = element.getBoundingClientRect();
    if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 20) {
      box.scrollTop += inner.top - outer.top - outer.height / 3;
    }
  }
  function lightFromCard(card, scroll) {
    var token = card.getAttribute("data-n");
    dim();
    if (!token) { return; }
    card.classList.add("lit");
    var marks = marksOf(token);
    marks.forEach(function (mark) { mark.classList.add("lit"); });
    if (scroll && marks.length) { into(textPane, marks[0]); }
  }
  function cardFor(token) { return cardScroll.querySelector('[data-n="' + token + '"]'); }
  function lightFromMark(mark, scroll) {
    var tokens = (mark.getAttribute("data-n") || "").split(" ").filter(Boolean);
    dim();
    var found = null;
    tokens.forEach(function (token) {
      var card = cardFor(token);
      if (card) { card.classList.add("lit"); found = found || card; }
    });
    if (tokens.length) { marksOf(tokens[0]).forEach(function (each) { each.classList.add("lit"); }); }
    if (found && scroll) { into(cardScroll, found); }
    return found || (tokens.length ? tokens[0] : null);
  }
  function openToken(token) {
    var url = panes.getAttribute("data-item-url").replace("TOKEN", token);
    window.htmx.ajax("GET", url, { target: "#pinned", swap: "innerHTML" }).then(function () {
      var card = pinned.querySelector(".card");
      if (card) { cardScroll.scrollTop = 0; card.focus({ preventScroll: true }); lightFromCard(card, true); }
    });
  }

  var pause = null;
  paper.addEventListener("mouseover", function (event) {
    var mark = event.target.closest(".m");
    clearTimeout(pause);
    if (mark) { pause = setTimeout(function () { lightFromMark(mark, true); }, 60); }
  });
  paper.addEventListener("click", function (event) {
    var mark = event.target.closest(".m");
    if (!mark || String(window.getSelection())) { return; }
    var found = lightFromMark(mark, true);
    if (narrow.matches) { show("cards"); }
    if (typeof found === "string") { openToken(found); } else if (found) { found.focus({ preventScroll: true }); into(cardScroll, found); }
  });
  cardScroll.addEventListener("mouseover", function (event) {
    var card = event.target.closest(".card");
    clearTimeout(pause);
    if (card && !card.classList.contains("editing")) { pause = setTimeout(function () { lightFromCard(card, true); }, 120); }
  });
  cardScroll.addEventListener("focusin", function (event) {
    var card = event.target.closest(".card");
    if (card) { lightFromCard(card, true); }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-pane], [data-help], .tab, [data-act=close]");
    if (!button) { return; }
    if (button.hasAttribute("data-pane")) { show(button.getAttribute("data-pane")); }
    if (button.hasAttribute("data-help")) { toggleHelp(); }
    if (button.classList.contains("tab")) {
      document.querySelectorAll(".tab").forEach(function (tab) { tab.setAttribute("aria-selected", String(tab === button)); });
      cardScroll.scrollTop = 0;
    }
    if (button.getAttribute("data-act") === "close") { pinned.textContent = ""; }
  });
  function toggleHelp() {
    var help = document.getElementById("help");
    if (help.open) { help.close(); } else if (help.showModal) { help.showModal(); }
  }

  // Keys
  function allCards() { return Array.prototype.slice.call(cardScroll.querySelectorAll(".card")); }
  function currentCard() {
    var focused = document.activeElement && document.activeElement.closest ? document.activeElement.closest(".card") : null;
    return focused || cardScroll.querySelector(".card.lit");
  }
  function step(by) {
    var list = allCards(), at = list.indexOf(currentCard());
    var next = list[Math.max(0, Math.min(list.length - 1, at + by))];
    if (next) { next.focus({ preventScroll: true }); into(cardScroll, next); if (narrow.matches) { show("cards"); } }
  }
  function act(name) {
    var card = currentCard(), button = card && card.querySelector('[data-act="' + name + '"]');
    if (button) { button.click(); }
    return Boolean(button);
  }
  document.addEventListener("keydown", function (event) {
    var target = event.target;
    if (event.key === "Escape") {
      if (!act("cancel")) { pinned.textContent = ""; }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) { return; }
    if (event.key === "Enter" && /^(BUTTON|A|SUMMARY)$/.test(target.tagName)) { return; }
    var undo = document.getElementById("undo"), add = document.getElementById("add-item");
    var known = {
      j: function () { step(1); }, k: function () { step(-1); },
      Enter: function () { act("confirm"); }, e: function () { act("correct"); }, x: function () { act("reject"); },
      u: function () { if (undo) { undo.click(); } }, a: function () { if (add) { add.click(); } }, "?": toggleHelp
    }[event.key];
    if (known) { event.preventDefault(); known(); }
  });

  // Chosen words become the place of a new item.
  function offsetIn(node, offset) {
    var holder = (node.nodeType === 1 ? node : node.parentNode).closest("[data-o]");
    if (!holder || !paper.contains(holder)) { return null; }
    var range = document.createRange();
    range.selectNodeContents(holder);
    range.setEnd(node, offset);
    return Number(holder.getAttribute("data-o")) + Array.from(range.toString()).length;
  }
  document.addEventListener("selectionchange", function () {
    var chosen = document.getElementById("chosen"), selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed || !paper.contains(selection.anchorNode)) { return; }
    var range = selection.getRangeAt(0);
    var start = offsetIn(range.startContainer, range.startOffset), end = offsetIn(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) { return; }
    chosen.elements.start.value = String(start);
    chosen.elements.end.value = String(end);
    chosen.elements.words.value = String(selection).slice(0, 400);
  });
  document.addEventListener("change", function (event) {
    var url = event.target.getAttribute("data-reload");
    if (!url) { return; }
    var form = event.target.form, query = new URLSearchParams();
    query.set("kind", event.target.value);
    ["start", "end", "words"].forEach(function (name) { query.set(name, form.elements[name].value); });
    window.htmx.ajax("GET", url + "?" + query.toString(), { target: "#pinned", swap: "innerHTML" });
  });

  // After a swap: put the focus where the work goes on, light the same item again.
  document.body.addEventListener("htmx:beforeRequest", function (event) {
    var card = event.target.closest ? event.target.closest(".card") : null;
    keepFocus = card ? { token: card.getAttribute("data-n"), confirm: event.target.getAttribute("data-act") === "confirm" } : null;
  });
  document.body.addEventListener("htmx:afterSettle", function (event) {
    if (event.target === cards) {
      var chosenTab = document.querySelector('.tab[aria-selected="true"]');
      cards.setAttribute("data-tab", chosenTab ? chosenTab.getAttribute("data-tab") : "");
    }
    if (event.target.id === "pinned" || event.target.id === "add-form") {
      var first = pinned.querySelector("input:not([type=hidden]), textarea, select");
      if (first && pinned.querySelector("form")) { cardScroll.scrollTop = 0; first.focus(); if (narrow.matches) { show("cards"); } }
      return;
    }
    if (!keepFocus) { return; }
    var card = cardFor(keepFocus.token);
    if (!card) { return; }
    if (card.classList.contains("editing")) {
      var field = card.querySelector(".fields input, .fields textarea, input[name=reason]");
      if (field) { field.focus(); }
    } else if (keepFocus.confirm) {
      card.focus({ preventScroll: true });
      step(1);
    } else {
      card.focus({ preventScroll: true });
    }
    keepFocus = null;
  });
  var wanted = panes.getAttribute("data-wanted");
  if (wanted) { window.addEventListener("load", function () { if (/^[0-9a-f]{12}$/.test(wanted)) { openToken(wanted); } }); }
})();
