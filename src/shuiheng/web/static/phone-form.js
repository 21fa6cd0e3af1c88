// A form that is filled in where there may be no network: what is typed stays, photos and the form go into the outbox
// (outbox.js), and the page itself is kept by form-worker.js. Without these the form is sent as any other.
//
//   <form class="phone-form" data-kind="check_form" data-subject="12" data-account="7" data-entries="/entries/">
//   <input type="file" data-photo="check_photo" data-part="0">   and a list <ul class="phone-entries" data-waiting="…" …>
(function () {
  "use strict";
  var form = document.querySelector("form.phone-form");
  if (!form) { return; }
  var told = form.dataset, list = document.querySelector(".phone-entries"), box = null;
  var DRAFT = "phone-form/" + told.account + "/" + told.kind + "/" + told.subject, SUBJECT = told.kind + ":" + told.subject;

  function named() {
    return Array.prototype.filter.call(form.elements, function (field) {
      return field.name && field.name !== "csrfmiddlewaretoken" && field.type !== "file";
    });
  }
  function typed() {
    var said = {};
    named().forEach(function (field) {
      if ((field.type === "radio" || field.type === "checkbox") && !field.checked) { return; }
      said[field.name] = field.value;
    });
    return said;
  }
  function keepDraft() { try { window.localStorage.setItem(DRAFT, JSON.stringify(typed())); } catch (full) { return; } }
  function dropDraft() { try { window.localStorage.removeItem(DRAFT); } catch (closed) { return; } }
  function bringDraft() {
    var said;
    try { said = JSON.parse(window.localStorage.getItem(DRAFT) || "null"); } catch (broken) { said = null; }
    if (!said) { return; }
    named().forEach(function (field) {
      if (field.type === "radio" || field.type === "checkbox") { field.checked = said[field.name] === field.value; }
      else if (field.name in said) { field.value = said[field.name]; }
    });
  }
  function cookie() {
    var found = /(?:^|; )(?:__Host-)?csrf=([^;]+)/.exec(document.cookie);
    return found ? decodeURIComponent(found[1]) : "";
  }
  function line(text, more) {
    var made = document.createElement("li");
    made.textContent = text;
    if (more) { made.className = more; }
    list.appendChild(made);
    return made;
  }
  function say(name, isHidden) {
    var shown = document.querySelector("[data-say='" + name + "']");
    if (shown) { shown.hidden = !!isHidden; }
  }
  // Send what waits, and say when that needs a person: the session is over.
  function send() {
    return box.send().then(function (why) {
      var shown = document.querySelector("[data-say='sign_in']");
      if (shown) { shown.hidden = why !== "sign_in"; }
    });
  }
  function own(entry) {
    var parts = entry.kind.split(":");
    return parts[1] === told.subject && (parts[0] === told.kind || !!document.querySelector("[data-photo='" + parts[0] + "']"));
  }
  function show(entries) {
    var mine = entries.filter(own);
    list.textContent = "";
    mine.forEach(function (entry) {
      var what = entry.kind.indexOf(SUBJECT) === 0 ? list.dataset.form : list.dataset.photo;
      var at = new Date(entry.keptAt);
      var text = what + " " + ("0" + at.getHours()).slice(-2) + ":" + ("0" + at.getMinutes()).slice(-2) + " " + list.dataset[entry.state];
      if (entry.receipt) { text += " " + entry.receipt.number; }
      var made = line(text, "entry-" + entry.state);
      if (entry.fault) {
        made.appendChild(document.createTextNode("：" + entry.fault.says + " " + entry.fault.remedy + " "));
        var button = document.createElement("button");
        button.type = "button";
        button.className = "small";
        button.textContent = list.dataset.forget;
        button.addEventListener("click", function () { box.forget(entry.key); });
        made.appendChild(button);
      }
    });
    var forms = mine.filter(function (entry) { return entry.kind === SUBJECT; });
    var last = forms[forms.length - 1];
    if (last && last.state === "sent") { dropDraft(); say("sent"); }
    var waiting = mine.filter(function (entry) { return entry.state === "waiting"; }).length;
    form.dataset.waiting = waiting;
    if (!waiting) { say("kept", true); }
  }
  function submit(event) {
    event.preventDefault();
    keepDraft();
    var button = form.querySelector("button[type=submit]");
    button.disabled = true;
    function ready() { button.disabled = false; say("kept"); list.scrollIntoView(); send(); }
    box.put(SUBJECT, JSON.stringify(typed()), "application/json").then(ready, function () { button.disabled = false; say("failed"); });
  }
  function bring(event) {
    var field = event.target;
    if (!field.dataset || !field.dataset.photo) { return; }
    var kind = field.dataset.photo + ":" + told.subject + (field.dataset.part ? ":" + field.dataset.part : "");
    Promise.all(Array.prototype.map.call(field.files, function (file) { return box.put(kind, file, file.type); })).then(function () {
      field.value = "";
    }, function () { say("failed"); });
  }
  function keepPage() {
    if (!navigator.serviceWorker) { return; }
    navigator.serviceWorker.register(told.worker, { scope: "/" }).then(function () {
      return navigator.serviceWorker.ready;
    }).then(function (found) {
      var files = Array.prototype.map.call(document.querySelectorAll("link[href], script[src], img[src]"), function (each) {
        return each.href || each.src;
      }).filter(function (each) { return each.indexOf(window.location.origin) === 0; });
      var channel = new MessageChannel();
      channel.port1.onmessage = function (event) { if (event.data) { say("ready"); form.dataset.ready = "1"; } };
      found.active.postMessage({ keep: { page: window.location.pathname, files: files } }, [channel.port2]);
    }).catch(function () { return null; });
  }

  if (!form.dataset.refused) { bringDraft(); }
  form.addEventListener("input", keepDraft);
  if (!window.Outbox || !window.Outbox.isSupported()) { say("online"); return; }
  var headers = { "X-Requested-With": "phone-form" };
  Object.defineProperty(headers, "X-CSRFToken", { enumerable: true, get: cookie });  // the one of now, at each sending
  window.Outbox.open({ name: told.account, url: told.entries, headers: headers, onchange: show }).then(function (opened) {
    box = opened;
    form.addEventListener("submit", submit);
    document.addEventListener("change", bring);
    window.addEventListener("online", send);
    send();
    form.dataset.offline = "1";
    Array.prototype.forEach.call(document.querySelectorAll("[data-photo]"), function (field) { field.disabled = false; });
    return box.tell();
  }).then(keepPage, function () { say("online"); });
})();
