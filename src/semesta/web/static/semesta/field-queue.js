/* Answers wait on the telephone until there is a network; none is lost, none counts twice.
   An answer is written down here first and taken away only when the server has it. */
(() => {
  "use strict";
  const box = document.getElementById("field-queue");
  if (!box || !window.indexedDB) return;
  const { token: TOKEN, worker: WORKER, list: LIST, user: USER } = box.dataset;
  const PAGES = "semesta-field-pages";
  const ORDER = "semesta-field-order";
  const OWNER = "semesta-field-owner";
  const KEPT = 30;

  const store = (mode, act) =>
    new Promise((done, fail) => {
      const opening = indexedDB.open("semesta-field", 1);
      opening.onupgradeneeded = () =>
        opening.result.createObjectStore("answers", { keyPath: "key" });
      opening.onerror = () => fail(opening.error);
      opening.onsuccess = () => {
        const all = opening.result.transaction("answers", mode);
        const asked = act(all.objectStore("answers"));
        all.oncomplete = () => {
          opening.result.close();
          done(asked.result);
        };
        all.onabort = () => fail(all.error);
      };
    });
  const waiting = () => store("readonly", (answers) => answers.getAll());
  const keep = (answer) => store("readwrite", (answers) => answers.put(answer));
  const drop = (key) => store("readwrite", (answers) => answers.delete(key));

  const say = (text, again) => {
    box.hidden = !text;
    box.querySelector("p").textContent = text;
    box.querySelector("button").hidden = !again;
  };

  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  async function show(sent, problem) {
    const all = await waiting();
    const mine = all.filter((one) => one.user === USER);
    for (const link of document.querySelectorAll("a[data-task]")) {
      const here = mine.some((one) => one.url === link.pathname);
      if (here && !("waiting" in link.dataset)) {
        link.dataset.waiting = "";
        link.querySelector("span").textContent += " · menunggu sinyal";
      }
    }
    const told = [];
    if (sent) told.push(`${sent} jawaban terkirim.`);
    if (mine.length) told.push(`${mine.length} jawaban menunggu sinyal.`);
    if (all.length > mine.length)
      told.push(`${all.length - mine.length} jawaban milik akun lain masih di HP ini.`);
    if (problem) told.push(problem);
    say(told.join(" "), mine.length > 0);
  }

  /* What became of one answer: "sent", "refused" with why, or "later". */
  async function send(answer, csrf) {
    const body = new FormData();
    for (const [name, value] of answer.fields) body.append(name, value);
    const response = await fetch(answer.url, {
      method: "POST",
      body,
      redirect: "manual",
      headers: { "X-Queued": "1", "X-CSRFToken": csrf },
    });
    if (response.ok) return { fate: "sent", next: (await response.json()).next };
    const json = (response.headers.get("Content-Type") || "").includes("json");
    if (json) return { fate: "refused", why: (await response.json()).problem };
    return { fate: "later" };
  }

  /* One page at a time sends, so that two open pages do not race. */
  const alone = (work) =>
    navigator.locks ? navigator.locks.request("semesta-field", work) : work();

  const flush = (now) => alone(() => sendAll(now));

  async function sendAll(now) {
    const mine = (await waiting()).filter((one) => one.user === USER);
    const told = { sent: 0, next: "", why: "" };
    if (!mine.length) return told;
    try {
      const response = await fetch(TOKEN, { redirect: "manual" });
      if (!response.ok) {
        told.why = "Masuk lagi supaya terkirim; jawabannya tetap di HP ini.";
        return told;
      }
      const session = await response.json();
      if (session.user !== USER) return told;
      for (const one of mine) {
        const result = await send(one, session.token);
        if (result.fate === "later") break;
        if (result.fate === "sent") {
          await drop(one.key);
          told.sent += 1;
          if (one.key === now) told.next = result.next;
        } else if (one.key === now) {
          await drop(one.key);
          told.why = result.why;
        } else {
          told.why = `Satu jawaban belum diterima: ${result.why}`;
        }
      }
    } catch {
      /* no network: they stay here */
    }
    return told;
  }

  async function nextAfter(url) {
    const order = JSON.parse(localStorage.getItem(ORDER) || "[]");
    const done = new Set((await waiting()).map((one) => one.url));
    const rest = order.slice(order.indexOf(url) + 1);
    return rest.find((one) => !done.has(one)) || LIST;
  }

  async function save(form) {
    const url = location.pathname;
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    const fields = [...new FormData(form)].filter(
      ([name, value]) =>
        name !== "csrfmiddlewaretoken" && !(value instanceof File && !value.size),
    );
    const key = newKey();
    const own = { key, given_at: new Date().toISOString() };
    const answer = {
      key,
      url,
      user: USER,
      fields: fields.map(([name, value]) => [name, own[name] ?? value]),
    };
    const earlier = (await waiting()).filter((one) => one.url === url && one.user === USER);
    await keep(answer);
    for (const one of earlier) await drop(one.key);
    const told = await flush(key);
    if (told.next) {
      location.assign(told.next);
      return;
    }
    const still = (await waiting()).some((one) => one.key === key);
    if (still) {
      location.assign(await nextAfter(url));
      return;
    }
    button.disabled = false;
    const problem = form.querySelector("[data-problem]");
    problem.hidden = false;
    problem.querySelector("p").textContent = told.why;
    problem.scrollIntoView({ block: "center" });
  }

  /* Pages of the walk, for the way without a network. */
  async function prepare() {
    const links = [...document.querySelectorAll("a[data-task]")].map((a) => a.pathname);
    if (location.pathname !== LIST) return;
    localStorage.setItem(ORDER, JSON.stringify(links));
    if (!("serviceWorker" in navigator) || !window.caches || !navigator.onLine) return;
    await navigator.serviceWorker.register(WORKER);
    const files = await caches.open("semesta-field-files");
    const parts = document.querySelectorAll("link[rel=stylesheet], script[src]");
    for (const part of parts) {
      const url = part.href || part.src;
      if (!(await files.match(url))) await files.add(url);
    }
    const pages = await caches.open(PAGES);
    for (const url of [LIST, ...links.slice(0, KEPT)]) {
      const response = await fetch(url, { redirect: "manual" });
      if (!response.ok) break;
      await pages.put(new URL(url, location.href).href, response);
    }
    document.documentElement.dataset.walkKept = "yes";
  }

  async function forget() {
    localStorage.removeItem(ORDER);
    localStorage.removeItem(OWNER);
    if (window.caches) await caches.delete(PAGES);
    await store("readwrite", (answers) => answers.clear());
  }

  async function begin() {
    const owner = localStorage.getItem(OWNER);
    if (owner && owner !== USER && window.caches) await caches.delete(PAGES);
    localStorage.setItem(OWNER, USER);
    await show();
    const told = await flush();
    await show(told.sent, told.why);
    await prepare();
  }

  for (const form of document.querySelectorAll("form[data-queue]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save(form);
    });
  }
  const leave = document.querySelector(".me-box form");
  leave?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const left = (await waiting()).length;
    const ask = `${left} jawaban belum terkirim dan akan dihapus dari HP ini. Tetap keluar?`;
    if (left && !window.confirm(ask)) return;
    await forget();
    leave.submit();
  });
  const again = async () => {
    const told = await flush();
    await show(told.sent, told.why);
  };
  box.querySelector("button").addEventListener("click", again);
  window.addEventListener("online", again);
  begin().catch(() => {
    /* a page without its network or its store still works as a plain form */
  });
})();
