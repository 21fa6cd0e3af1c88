// Opens forms of phones where there is no network. It keeps pages whose address ends in /form/ and that say so
// themselves (X-Phone-Form), with the files that they name, and nothing else; all of it goes when somebody signs out.
// What is filled in is kept by outbox.js and never comes here.
(function () {
  "use strict";
  var PREFIX = "phone-forms-", CACHE = PREFIX + "1", PATIENCE_MS = 5000;

  function pathOf(address) { return new URL(address, self.location.href).pathname; }
  function isForm(address) { return /\/form\/$/.test(pathOf(address)); }
  function isOwn(address) { return new URL(address, self.location.href).origin === self.location.origin; }

  self.addEventListener("install", function () { self.skipWaiting(); });
  self.addEventListener("activate", function (event) {
    event.waitUntil(caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) {
        return name.indexOf(PREFIX) === 0 && name !== CACHE;
      }).map(function (name) { return caches.delete(name); }));
    }).then(function () { return self.clients.claim(); }));
  });

  // A page asks to be kept: {keep: {page: "/checks/1/form/", files: ["/static/site.css?v=…"]}}.
  self.addEventListener("message", function (event) {
    var wanted = event.data && event.data.keep;
    if (!wanted || !event.source || pathOf(event.source.url) !== pathOf(wanted.page) || !isForm(wanted.page)) { return; }
    var told = event.ports[0];
    event.waitUntil(keep(wanted).then(function (isKept) { if (told) { told.postMessage(isKept); } }, function () {
      if (told) { told.postMessage(false); }
    }));
  });
  function keep(wanted) {
    return fetch(wanted.page, { credentials: "same-origin", cache: "no-store" }).then(function (answer) {
      if (!answer.ok || answer.redirected || answer.headers.get("X-Phone-Form") !== "1") { return forget(wanted.page); }
      return caches.open(CACHE).then(function (cache) {
        var files = wanted.files.filter(function (each, place) {
          return isOwn(each) && /[?&]v=/.test(each) && wanted.files.indexOf(each) === place;  // addAll takes each once
        });
        return cache.addAll(files).then(function () { return cache.put(pathOf(wanted.page), answer); });
      }).then(function () { return true; });
    });
  }
  function forget(address) {
    return caches.open(CACHE).then(function (cache) { return cache.delete(pathOf(address)); }).then(function () { return false; });
  }

  self.addEventListener("fetch", function (event) {
    var request = event.request, path = pathOf(request.url);
    if (!isOwn(request.url)) { return; }
    if (request.mode === "navigate") {
      if (/^\/(login|logout)\//.test(path)) { event.waitUntil(caches.delete(CACHE)); return; }
      if (request.method === "GET" && isForm(request.url)) { event.respondWith(opened(request, path)); }
      return;
    }
    if (request.method === "GET" && /[?&]v=/.test(request.url)) {
      event.respondWith(held(request).then(function (found) { return found || fetch(request); }));
    }
  });
  function held(key) {
    return caches.has(CACHE).then(function (isThere) {
      return isThere ? caches.open(CACHE).then(function (cache) { return cache.match(key); }) : undefined;
    });
  }
  // The network first; the kept page when there is none, or when it takes too long.
  function opened(request, path) {
    return held(path).then(function (found) {
      var asked = fetch(request).then(function (answer) {
        // What is not there any more, or not this person's, is not opened without a network either.
        if (answer.status === 404 || answer.type === "opaqueredirect") { return forget(path).then(function () { return answer; }); }
        return answer;
      });
      if (!found) { return asked; }
      return Promise.race([
        asked.catch(function () { return found; }),
        new Promise(function (resolve) { self.setTimeout(function () { resolve(held(path)); }, PATIENCE_MS); })
      ]);
    });
  }
})();
