// Service worker. It keeps what the server marks (X-Giu-Tren-May): the pages on which a meeting is
// logged and the outbox, of one account at a time, with the files they use, for so many days after
// the account was last signed in here with a network. Everything else comes from the network.
// NOI, put before this text by the server, holds these days and the addresses it needs.
const FILES = "tep";
const PAGES = "trang-";
const PAGE_LIVES = NOI.giu_ngay * 24 * 3600 * 1000;
const ENOUGH = 10 * 60 * 1000;
const PATIENCE = 6000;
const MANY_FILES = 120;
const LOOSE = { ignoreVary: true };

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(keepShell());
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// Pages that are too old go with the next page of the site, whichever it is.
async function dropOldPages() {
  for (const name of await pageCaches()) {
    const cache = await caches.open(name);
    const keys = await cache.keys();
    const old = [];
    for (const key of keys) if (age(await cache.match(key, LOOSE)) >= PAGE_LIVES) old.push(key);
    await Promise.all(old.map((key) => cache.delete(key, LOOSE)));
    if (old.length === keys.length) await caches.delete(name);
  }
}

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
  if (await caches.has(NOI.ra)) {
    try {
      await signOut();
    } catch {
      return (await caches.match(NOI.cho_ra, LOOSE)) || Response.error();
    }
  }
  event.waitUntil(dropOldPages());
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

// Somebody signed out here without a network: before any page is shown again the server hears of it.
// Throws while it cannot.
async function signOut() {
  const here = await fetch(NOI.toi, { redirect: "manual" });
  if (here.status >= 500) throw new Error("the server is busy");
  if (here.ok) {
    const { token } = await here.json();
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, giu: "1" });
    const gone = await fetch(NOI.ra, { method: "POST", body, redirect: "manual" });
    if (gone.type !== "opaqueredirect") throw new Error("still signed in");
  }
  await caches.delete(NOI.ra);
}

const after = (time, value) => new Promise((resolve) => setTimeout(resolve, time, value));
function age(response) {
  return Date.now() - Number(response.headers.get("X-Giu-Luc"));
}

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

async function pageCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PAGES));
}

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
  const cache = await caches.open(FILES);
  for (const address of [NOI.mat_mang, NOI.cho_ra]) {
    const response = await fetch(address);
    await keepFiles(await response.clone().text());
    await cache.put(address, response);
  }
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
