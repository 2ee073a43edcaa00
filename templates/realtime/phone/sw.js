/* The worker of Verbond. It keeps the page without data and the static files, never an answer with data:
   what the page shows without a network comes from the phone's own store, which scripts wipe. */
"use strict";
const CACHE = "verbond-{{ version }}";
const SHELL = "{% url 'street_shell' %}";
const FILES = {{ files|safe }};
const STATIC = "{{ static_url }}";
/* What a notification says, in the language of who is signed in here; the push that wakes is the same for all. */
self.verbondNews = {{ news|safe }};
{% if push %}importScripts("{{ push }}");{% endif %}

const put = async (cache, url) => {
  /* Without cookies: the page of nobody. */
  const answer = await fetch(url, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok || answer.redirected) throw new Error(`${url}: ${answer.status}`);
  await cache.put(url, answer);
};

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await Promise.all([SHELL, ...FILES].map((url) => put(cache, url)));
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("verbond-") && name !== CACHE).map((name) => caches.delete(name)));
    await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(SHELL)) || Response.error()));
  } else if (url.pathname.startsWith(STATIC)) {
    event.respondWith((async () => (await caches.match(request, { ignoreSearch: true })) || fetch(request))());
  }
});
