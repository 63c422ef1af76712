/* Shows kept pages of the field when there is no network. Pages hold names: they are kept
   in one place that sign-out empties (see field-queue.js). */
"use strict";
const PAGES = "semesta-field-pages";
const FILES = "semesta-field-files";
const NO_PAGE =
  '<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Tanpa sinyal</title><h1>Halaman ini belum tersimpan di HP</h1><p>Jawaban yang sudah disimpan tetap aman di HP ini. Buka <a href="/lapangan/">daftar</a>, atau muat lagi bila ada sinyal.</p></html>';

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function page(request) {
  const kept = await caches.open(PAGES);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && fresh.type === "basic" && !fresh.redirected) {
      await kept.put(request.url, fresh.clone());
    }
    return fresh;
  } catch {
    return (
      (await kept.match(request.url)) ||
      new Response(NO_PAGE, { headers: { "Content-Type": "text/html; charset=utf-8" } })
    );
  }
}

async function file(request) {
  const kept = await caches.open(FILES);
  const found = await kept.match(request.url);
  if (found) return found;
  const fresh = await fetch(request);
  if (fresh.ok) await kept.put(request.url, fresh.clone());
  return fresh;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const walk = /^\/lapangan\/(tugas\/\d+\/)?$/.test(url.pathname);
  if (request.mode === "navigate" && walk) event.respondWith(page(request));
  else if (url.pathname.includes("/static/")) event.respondWith(file(request));
});
