// The outbox of a phone: keeps forms and photos while there is no network, and sends each exactly once.
//
//   Outbox.open({name: "account key", url: "/where/to/send/", headers: {…}, onchange: function (entries) {…}})
//     .then(function (outbox) { outbox.put("form", JSON.stringify(fields), "application/json"); });
//
// An entry is kept under a key of its own before anything is sent. Its content is let go only when the server gave a
// receipt for this very key and content; until then it is sent again, as often as it takes. What the server refuses
// for good stays, with the reason, until a person forgets it. The server side is programmes/receipts.py.
(function () {
  "use strict";
  var STORE = "entries";
  var WAITING = "waiting", SENT = "sent", REFUSED = "refused";
  var REFUSALS = [400, 409, 410, 413, 415, 422];
  var FIRST_PAUSE_MS = 15000, LONGEST_PAUSE_MS = 600000, PATIENCE_MS = 120000;

  function asPromise(request) {
    return new Promise(function (resolve, reject) {
      request.onsuccess = function () { resolve(request.result); };
      request.onerror = function () { reject(request.error); };
    });
  }
  function hex(buffer) {
    return Array.prototype.map.call(new Uint8Array(buffer), function (byte) {
      return (byte < 16 ? "0" : "") + byte.toString(16);
    }).join("");
  }
  function newKey() { return hex(window.crypto.getRandomValues(new Uint8Array(16)).buffer); }
  function digest(blob) {
    return blob.arrayBuffer().then(function (bytes) { return window.crypto.subtle.digest("SHA-256", bytes); }).then(hex);
  }
  function isSupported() {
    return !!(window.indexedDB && window.crypto && window.crypto.subtle && window.fetch && window.Blob.prototype.arrayBuffer);
  }
  function openStore(name) {
    var request = window.indexedDB.open("outbox:" + name, 1);
    request.onupgradeneeded = function () {
      request.result.createObjectStore(STORE, { keyPath: "place", autoIncrement: true });
    };
    return asPromise(request);
  }

  function Outbox(options, store) {
    this.url = options.url;
    this.name = options.name;
    this.headers = options.headers || {};
    this.onchange = options.onchange || function () {};
    this.store = store;
    this.running = null;
    this.isWanted = false;
    this.timer = null;
    this.pause = FIRST_PAUSE_MS;
  }

  // Do one thing with the store; it is done when it stands on the disk.
  Outbox.prototype.change = function (act) {
    var store = this.store;
    return new Promise(function (resolve, reject) {
      var changing = store.transaction(STORE, "readwrite", { durability: "strict" });
      changing.oncomplete = resolve;
      changing.onabort = function () { reject(changing.error); };
      act(changing.objectStore(STORE));
    });
  };
  Outbox.prototype.all = function () {
    return asPromise(this.store.transaction(STORE, "readonly").objectStore(STORE).getAll());
  };

  // What a page shows: everything but the content, oldest first.
  Outbox.prototype.entries = function () {
    return this.all().then(function (rows) {
      return rows.map(function (row) {
        return {
          key: row.key, kind: row.kind, size: row.size, keptAt: row.keptAt, state: row.state,
          receipt: row.receipt, fault: row.fault
        };
      });
    });
  };
  Outbox.prototype.tell = function () { return this.entries().then(this.onchange); };

  // Keep an entry; when the promise is fulfilled it stands on the disk and will be sent.
  Outbox.prototype.put = function (kind, content, type) {
    var outbox = this;
    var blob = new Blob([content], { type: type });
    var row = {
      key: newKey(), kind: kind, type: type, content: blob, size: blob.size, keptAt: new Date().toISOString(),
      state: WAITING, receipt: null, fault: null
    };
    return digest(blob).then(function (sha256) {
      row.sha256 = sha256;
      return outbox.change(function (rows) { rows.add(row); });
    }).then(function () {
      outbox.tell();
      outbox.send();
      return row.key;
    });
  };

  // Forget an entry that was sent or refused; one that waits cannot be forgotten.
  Outbox.prototype.forget = function (key) {
    var outbox = this;
    return this.all().then(function (rows) {
      var found = rows.filter(function (row) { return row.key === key && row.state !== WAITING; })[0];
      return found ? outbox.change(function (kept) { kept.delete(found.place); }) : null;
    }).then(function () { return outbox.tell(); });
  };

  // Send what waits, oldest first. Says why it stopped: "" (nothing waits), "offline", "sign_in" (the session is over),
  // "busy" (the server, or something on the way) or "failed" (the store of the phone).
  Outbox.prototype.send = function () {
    var outbox = this;
    this.isWanted = true;  // also by what is kept while the last entries are being sent
    if (!this.running) {
      this.running = this.alone(function () { return outbox.sendNext(); }).catch(function () {
        return "failed";
      }).then(function (why) {
        outbox.running = null;
        if (!why && outbox.isWanted) { return outbox.send(); }
        outbox.wait(why);
        return outbox.tell().then(function () { return why; });
      });
    }
    return this.running;
  };
  // Two tabs of one phone take turns where the browser can arrange it; if not, the server still takes each entry once.
  Outbox.prototype.alone = function (work) {
    return navigator.locks ? navigator.locks.request("outbox:" + this.name, work) : work();
  };
  Outbox.prototype.wait = function (why) {
    var outbox = this;
    window.clearTimeout(this.timer);
    this.pause = why ? Math.min(this.pause * 2, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS;
    if (why) { this.timer = window.setTimeout(function () { outbox.send(); }, this.pause); }
  };
  Outbox.prototype.sendNext = function () {
    var outbox = this;
    this.isWanted = false;
    return this.all().then(function (rows) {
      var row = rows.filter(function (each) { return each.state === WAITING; })[0];
      if (row) { return outbox.sendOne(row).then(function (why) { return why || outbox.sendNext(); }); }
      return "";
    });
  };
  Outbox.prototype.sendOne = function (row) {
    var outbox = this;
    var stopper = new AbortController();
    var patience = window.setTimeout(function () { stopper.abort(); }, PATIENCE_MS);
    var headers = Object.assign({}, this.headers, {
      "Content-Type": row.type, "X-Entry-Key": row.key, "X-Entry-Sha256": row.sha256, "X-Entry-Kind": row.kind,
      "X-Entry-Kept-At": row.keptAt
    });
    return fetch(this.url, {
      method: "POST", body: row.content, headers: headers, credentials: "same-origin", redirect: "manual",
      cache: "no-store", signal: stopper.signal
    }).then(function (response) {
      return response.json().catch(function () { return {}; }).then(function (answer) {
        return outbox.heard(row, response, answer);
      });
    }, function () { return "offline"; }).then(function (why) {
      window.clearTimeout(patience);
      return why;
    });
  };
  Outbox.prototype.heard = function (row, response, answer) {
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) { return "sign_in"; }
    if (response.ok) {
      // A page that some gate on the way gives instead is no receipt.
      return answer.key === row.key && answer.sha256 === row.sha256 ? this.settle(row, SENT, answer, null) : "busy";
    }
    if (REFUSALS.indexOf(response.status) >= 0 && answer.code && !answer.again) {
      return this.settle(row, REFUSED, null, answer);
    }
    return "busy";
  };
  Outbox.prototype.settle = function (row, state, receipt, fault) {
    row.state = state;
    row.receipt = receipt;
    row.fault = fault;
    if (state === SENT) { row.content = null; }
    return this.change(function (rows) { rows.put(row); }).then(function () { return ""; });
  };

  function open(options) {
    if (!isSupported()) { return Promise.reject(new Error("outbox.unsupported")); }
    return openStore(options.name).then(function (store) {
      var outbox = new Outbox(options, store);
      if (navigator.storage && navigator.storage.persist) { navigator.storage.persist().catch(function () {}); }
      window.addEventListener("online", function () { outbox.send(); });
      document.addEventListener("visibilitychange", function () {
        if (document.visibilityState === "visible") { outbox.send(); }
      });
      outbox.send();
      return outbox;
    });
  }
  window.Outbox = { open: open, isSupported: isSupported };
})();
