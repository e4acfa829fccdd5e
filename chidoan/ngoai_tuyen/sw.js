// Service worker. It keeps what the server marks (X-Giu-Tren-May): the pages on which a meeting is
// logged and the outbox, of one account at a time, with the files they use. Everything else comes
// from the network. NOI, put before this text by the server, holds the addresses it needs.
const FILES = "tep";
const PAGES = "trang-";
const PAGE_LIVES = 31 * 24 * 3600 * 1000;
const ENOUGH = 10 * 60 * 1000;
const PATIENCE = 6000;
const MANY_FILES = 120;
const LOOSE = { ignoreVary: true };

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(keepShell());
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});

// A page asks for others to be kept before they are needed: the log from the home page.
addEventListener("message", (event) => {
  const { giu } = event.data;
  event.waitUntil(Promise.all(giu.map(async (path) => {
    const address = new URL(path, location.origin);
    const stored = await find(address);
    if (stored && age(stored) < ENOUGH && !event.data.moi) return;
    await keep(address, await fetch(address).catch(() => Response.error()));
  })));
});

async function page(event) {
  const address = new URL(event.request.url);
  const stored = await find(address);
  const network = fetch(event.request).then((response) => {
    event.waitUntil(keep(address, response.clone()));
    return stored && response.status >= 500 ? stored : response;
  });
  try {
    return await (stored ? Promise.race([network, after(PATIENCE, stored)]) : network);
  } catch {
    return stored || (await caches.match(NOI.mat_mang, LOOSE)) || Response.error();
  }
}

const after = (time, value) => new Promise((resolve) => setTimeout(resolve, time, value));
const age = (response) => Date.now() - Number(response.headers.get("X-Giu-Luc"));

async function file(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, LOOSE)) || Response.error();
  }
}

// The page itself; one asked for with more (a day, a meeting of the outbox) is the same page.
async function find(address) {
  const branch = address.searchParams.get("chi_doan");
  const places = [address.pathname + address.search];
  if (branch) places.push(`${address.pathname}?chi_doan=${branch}`);
  else places.push(address.pathname);
  for (const name of await pageCaches()) {
    const cache = await caches.open(name);
    for (const place of places) {
      const found = await cache.match(place, LOOSE);
      if (found && age(found) < PAGE_LIVES) return found;
      if (found) await cache.delete(place, LOOSE);
    }
  }
  return undefined;
}

const pageCaches = async () => (await caches.keys()).filter((name) => name.startsWith(PAGES));

async function keep(address, response) {
  const said = response.headers.get("X-Giu-Tren-May");
  if (!response.ok || response.redirected || !said) return;
  const [account, other] = said.split(" ");
  const here = address.pathname + address.search;
  if (address.search && here !== other) return;
  const name = PAGES + account;
  for (const old of await pageCaches()) if (old !== name) await caches.delete(old);
  const now = String(Date.now());
  const html = (await response.text()).replace("<html ", `<html data-giu="${now}" `);
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set("X-Giu-Luc", now);
  await keepFiles(html);
  const cache = await caches.open(name);
  for (const place of new Set([here, other])) {
    await cache.put(place, new Response(html, { headers }));
  }
}

async function keepShell() {
  const response = await fetch(NOI.mat_mang);
  const cache = await caches.open(FILES);
  await keepFiles(await response.clone().text());
  await cache.put(NOI.mat_mang, response);
}

// The files that a page names, and the fonts that its styles name.
async function keepFiles(html) {
  const cache = await caches.open(FILES);
  const kept = await cache.keys();
  if (kept.length > MANY_FILES) await Promise.all(kept.slice(0, kept.length / 2).map((key) => cache.delete(key)));
  const names = [...html.matchAll(/(?:href|src)="(\/static\/[^"#?]+)/g)].map((found) => found[1]);
  await Promise.all([...new Set(names)].map((name) => keepFile(cache, name)));
}

async function keepFile(cache, name) {
  const path = new URL(name, location.origin).pathname;
  const isHashed = /\.[0-9a-f]{12}\.\w+$/.test(path);
  if (isHashed && (await cache.match(path, LOOSE))) return;
  const response = await fetch(path).catch(() => null);
  if (!response || !response.ok) return;
  await cache.put(path, response.clone());
  if (!path.endsWith(".css")) return;
  const inner = [...(await response.text()).matchAll(/url\("?([^")]+\.woff2)"?\)/g)];
  const base = new URL(path, location.origin);
  await Promise.all(inner.map(([, found]) => keepFile(cache, new URL(found, base).pathname)));
}
