// Renews the state of background work: after 2 seconds, later every 5, until it has ended.
(() => {
  let turn = 0;
  const renew = async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = fresh.getElementById("cong-viec");
      if (answer.ok && now) document.getElementById("cong-viec").replaceWith(now);
    } catch {
      // no signal: try again
    }
    if (document.querySelector("#cong-viec[data-refresh]")) wait();
  };
  const wait = () => setTimeout(renew, turn++ < 10 ? 2000 : 5000);
  if (document.querySelector("#cong-viec[data-refresh]")) wait();
})();
